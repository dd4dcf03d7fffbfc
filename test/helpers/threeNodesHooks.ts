import { basename } from 'node:path';
import type { Context, RootHookObject, Suite } from 'mocha';
import { testsLeftOut } from '../../scripts/test/threeNodes.mjs';
import { startInstead } from './testServer.ts';
import { ThreeNodes } from './ThreeNodes.ts';

startInstead((sections, options) => ThreeNodes.start(sections, options));

/** With these (`mocha --require`) tests that were written for one node run on three. */
export const mochaHooks: RootHookObject = {
  beforeAll(this: Context) {
    const { parent: root } = this.test ?? {};
    const files = new Map<string, Suite[]>();
    for (const suite of root?.suites ?? []) {
      const file = basename(suite.file ?? '');
      files.set(file, [...(files.get(file) ?? []), suite]);
    }
    for (const [file, suites] of files) {
      for (const title of Object.keys(testsLeftOut[file] ?? {})) leaveOut(file, title, suites);
    }
  },
  beforeEach() {
    for (const nodes of ThreeNodes.running) nodes.beginAgain();
  },
  /** On one node what a test has ended is gone at once; of three the last one hears of it when this is done. */
  async afterEach() {
    await Promise.all([...ThreeNodes.running].map((nodes) => nodes.settled()));
  },
};

/** @throws where there is no such test, so that the list says what is so */
function leaveOut(file: string, title: string, suites: readonly Suite[]): void {
  const all = (suite: Suite): Suite[] => [suite, ...suite.suites.flatMap(all)];
  const owner = suites.flatMap(all).find(({ tests }) => tests.some((test) => test.title === title));
  if (!owner) throw new Error(`${file} has no test "${title}" that could be left out (scripts/test/threeNodes.mjs)`);
  owner.tests = owner.tests.filter((test) => test.title !== title);
}
