import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type * as Axe from 'axe-core';
import { expect } from 'chai';
import type { RoomPage } from './RoomPage.ts';

declare global {
  interface Window {
    axe: typeof Axe;
    motionEnded: typeof motionEnded;
  }
}

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Runs in the page. Resolves when nothing is on its way from one look to another any more: a button half way between two
 * colours has a contrast that nobody is meant to read. What goes round for ever is not waited for.
 */
async function motionEnded(): Promise<void> {
  const animationsIn = (root: Document | ShadowRoot): Animation[] => [
    ...root.getAnimations(),
    ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? animationsIn(shadowRoot) : [])),
  ];
  const running = () =>
    animationsIn(document).filter(
      ({ playState, effect }) =>
        playState === 'running' && Number.isFinite(Number(effect?.getComputedTiming().endTime ?? 0)),
    );
  // One that ends may begin another.
  for (let left = running(); left.length > 0; left = running()) {
    await Promise.allSettled(left.map(({ finished }) => finished));
  }
}

/** Looks at the page in both languages, light and dark, and leaves it English and light. */
export async function expectAccessible({ page }: RoomPage, view: string): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  await page.evaluate(`window.motionEnded = ${motionEnded.toString()}`);
  const faults: string[] = [];
  for (const [language, theme] of [
    ['zh', 'light'],
    ['zh', 'dark'],
    ['en', 'dark'],
    ['en', 'light'],
  ] as const) {
    // With motion, a colour on its way from one theme to the other would be looked at.
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: theme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    const found = await page.evaluate(async (lang) => {
      const element = document.querySelector<HTMLElement & { updateComplete: Promise<unknown> }>(
        'chaxi-room, chaxi-chat, cx-start, cx-card, cx-counter, cx-notes-page',
      );
      element?.setAttribute('lang', lang);
      await element?.updateComplete;
      await window.motionEnded();
      const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
      return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
    }, language);
    faults.push(...found.map((fault) => `${language}, ${theme}: ${fault}`));
  }
  expect(faults, view).to.deep.equal([]);
}
