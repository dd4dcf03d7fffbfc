import { expect } from 'chai';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { acquireLock, processStart, tryAcquire } from '../../../../scripts/setup/lock.mjs';
import { temporaryFolder } from '../../../helpers/temporaryFolder.ts';

const lockModule = new URL('../../../../scripts/setup/lock.mjs', import.meta.url).href;

/** A process that takes the lock, says so, and keeps it until it is killed. */
async function startHolder(path: string): Promise<ChildProcess> {
  const script = `
    const { acquireLock } = await import(${JSON.stringify(lockModule)});
    await acquireLock(${JSON.stringify(path)}, () => {});
    process.stdout.write('held');
    setInterval(() => {}, 1_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal);
  await once(child, 'close');
}

describe('the lock of a setup', () => {
  const folder = temporaryFolder();
  const lockPath = () => join(folder.path, 'locks', 'setup.lock');

  it('is free again after its release, and leaves no file', async () => {
    const release = await acquireLock(lockPath(), () => expect.fail('nobody holds it'));
    expect(tryAcquire(lockPath())).to.equal(false);
    release();
    expect(readdirSync(join(folder.path, 'locks'))).to.deep.equal([]);
  });

  it('has the second wait, tell so once, and go on when the first is done', async () => {
    const release = await acquireLock(lockPath(), () => undefined);
    const owners: number[] = [];
    const second = acquireLock(lockPath(), ({ pid }) => {
      owners.push(pid);
      setTimeout(release, 700);
    });
    (await second)();
    expect(owners).to.deep.equal([process.pid]);
  });

  it('is held by a living process and taken over from a dead one', async () => {
    const holder = await startHolder(lockPath());
    expect(tryAcquire(lockPath())).to.equal(false);
    await kill(holder, 'SIGKILL');
    expect(existsSync(lockPath()), 'a killed process leaves its lock').to.equal(true);
    expect(tryAcquire(lockPath())).to.equal(true);
  });

  it('is taken over from a process whose id another has by now', () => {
    const path = join(folder.path, 'setup.lock');
    writeFileSync(path, JSON.stringify({ pid: process.pid, startedAt: 'long ago' }));
    expect(tryAcquire(path)).to.equal(true);
  });

  it('is not stopped by a takeover that was itself killed', () => {
    const path = join(folder.path, 'setup.lock');
    const dead = JSON.stringify({ pid: process.pid, startedAt: 'long ago' });
    writeFileSync(path, dead);
    writeFileSync(`${path}.takeover`, dead);
    expect(tryAcquire(path)).to.equal(false);
    expect(tryAcquire(path)).to.equal(true);
  });

  it('is taken over by one at a time', async () => {
    const path = join(folder.path, 'setup.lock');
    writeFileSync(path, JSON.stringify({ pid: process.pid, startedAt: 'long ago' }));
    // Each fails if it holds the lock while another does.
    const script = `
      const { closeSync, openSync, rmSync } = await import('node:fs');
      const { acquireLock } = await import(${JSON.stringify(lockModule)});
      const release = await acquireLock(${JSON.stringify(path)}, () => {});
      const inside = ${JSON.stringify(join(folder.path, 'inside'))};
      closeSync(openSync(inside, 'wx'));
      await new Promise((resolve) => setTimeout(resolve, 100));
      rmSync(inside);
      release();`;
    const exits = [1, 2, 3, 4].map(async () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' });
      const [code] = (await once(child, 'close')) as [number];
      return code;
    });
    expect(await Promise.all(exits)).to.deep.equal([0, 0, 0, 0]);
  });

  it('knows a process by its start, and that there is none', () => {
    expect(processStart(process.pid)).to.be.a('string');
    expect(processStart(2 ** 30)).to.equal(null);
  });
});
