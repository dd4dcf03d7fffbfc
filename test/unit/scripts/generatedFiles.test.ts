import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { configKeys } from '../../../config/keys.ts';
import { errorCodes } from '../../../protocol/errorCodes.ts';
import { codecNames } from '../../../protocol/mediaCodecs.ts';
import {
  defaultRouterRtpCapabilities,
  defaultRouterRtpCapabilitiesId,
} from '../../../protocol/routerRtpCapabilities.ts';
import { realtimeEvents, realtimeNotices, realtimeRequests } from '../../../protocol/realtime.ts';
import { clientNotifications, requests, serverNotifications } from '../../../protocol/signaling.ts';
import { generatedFiles } from '../../../scripts/generate/generatedFiles.ts';
import { routerRtpCapabilities, routerRtpCapabilitiesId } from '../../../server/media/routerCapabilities.ts';

const root = join(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

describe('what scripts/generate.ts writes', () => {
  for (const path of [
    'docs/configuration.md',
    'docs/errors.md',
    'docs/messages.md',
    'docs/protocol.md',
    'protocol/routerRtpCapabilities.ts',
  ]) {
    it(`is in step with its sources: ${path} (if not: npm run generate)`, async () => {
      const generated = (await generatedFiles()).find((file) => file.path === path);
      expect(generated?.text === read(path)).to.equal(true);
    });
  }

  it('lists each error code, and no other', () => {
    const listed = [...read('docs/errors.md').matchAll(/^\| `(\w+)` \|/gm)].map((match) => match[1]);
    expect(listed).to.have.members(Object.keys(errorCodes));
  });

  it('lists each key of the configuration, and no other', () => {
    const listed = [...read('docs/configuration.md').matchAll(/^\| `([\w.]+)`/gm)].map((match) => match[1]);
    expect(listed).to.have.members(configKeys.map((key) => key.path));
  });

  it('has a section for each message', () => {
    const page = read('docs/protocol.md');
    for (const name of [requests, serverNotifications, clientNotifications].flatMap(Object.keys)) {
      expect(page).to.include(`\n### ${name}\n`);
    }
  });

  it('has a section for each request, notice and event of messages', () => {
    const page = read('docs/messages.md');
    const names = [...Object.keys(realtimeRequests), ...Object.keys(realtimeNotices)];
    for (const name of [...names, ...Object.keys(realtimeEvents).map((event) => `${event} (event)`)]) {
      expect(page).to.include(`\n### ${name}\n`);
    }
  });

  for (const path of ['docs/messages.md', 'docs/protocol.md']) {
    it(`links only to sections that there are in ${path}`, () => {
      const page = read(path);
      const titles = new Set([...page.matchAll(/^#+ (.+)$/gm)].map((match) => match[1]?.toLowerCase()));
      for (const [, target] of page.matchAll(/\]\(#([^)]+)\)/g)) {
        expect(titles.has(target), target).to.equal(true);
      }
    });
  }

  it('has the capabilities that a router with every codec has', () => {
    expect(defaultRouterRtpCapabilities).to.deep.equal(routerRtpCapabilities(codecNames));
    expect(defaultRouterRtpCapabilitiesId).to.equal(routerRtpCapabilitiesId(defaultRouterRtpCapabilities));
  });
});
