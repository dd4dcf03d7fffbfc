import { expect } from 'chai';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processUsage } from '../../../../bench/lib/procfs.ts';
import { ServerProcess } from '../../../../bench/lib/ServerProcess.ts';
import { temporaryFolder } from '../../../helpers/temporaryFolder.ts';
import { waitFor } from '../../../helpers/waitFor.ts';

const never = () => false;

describe('a server process of the bench', () => {
  const folder = temporaryFolder();

  function script(text: string, mode = 0o755): string {
    const file = join(folder.path, 'server');
    writeFileSync(file, text);
    chmodSync(file, mode);
    return file;
  }

  async function errorOf(file: string): Promise<string> {
    try {
      await new ServerProcess({ name: 'The server', command: file, args: [] }).untilReady(never, 10_000);
    } catch (error) {
      return String(error);
    }
    return 'there was none';
  }

  it('is waited for until it is ready', async () => {
    const server = new ServerProcess({ name: 'it', command: script('#!/bin/sh\necho up\nexec sleep 60\n'), args: [] });
    await server.untilReady(() => server.said.includes('up'), 10_000);
    await server.close();
    expect(processUsage(server.pid)).to.equal(null);
  });

  it('tells its last words where it ends', async () => {
    expect(await errorOf(script('#!/bin/sh\necho "no such port" >&2\nexit 3\n')))
      .to.contain('The server does not start: it ended (3)')
      .and.contain('no such port');
  });

  it('says so where it may not be executed', async () => {
    expect(await errorOf(script('#!/bin/sh\n', 0o644)))
      .to.contain('The server does not start')
      .and.contain('EACCES');
  });

  it('says so where it is no program', async () => {
    expect(await errorOf(script('\u0000\u0001'))).to.contain('The server does not start');
  });

  it('ends a server that is never ready, with what it started', async () => {
    const file = script('#!/bin/sh\nsleep 60 &\necho $!\nwait\n');
    const server = new ServerProcess({ name: 'It', command: file, args: [] });
    await waitFor('its child', () => server.said.length > 0);
    const error = await server.untilReady(never, 0).catch(String);
    expect(error).to.contain('It does not start: it was not ready after 0 s');
    await waitFor('the end of its child', () => processUsage(Number(server.said[0])) === null);
  });
});
