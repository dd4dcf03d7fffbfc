import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { childPids, processTree, processUsage } from '../../../../bench/lib/procfs.ts';

describe('procfs', () => {
  it('counts the processor time of a process', () => {
    const before = processUsage(process.pid)!;
    const until = performance.now() + 60;
    while (performance.now() < until);
    const after = processUsage(process.pid)!;
    expect(after.cpuMs - before.cpuMs).to.be.at.least(20);
    expect(after.residentBytes).to.be.above(10_000_000);
  });

  it('finds what a process started, and nothing once it is gone', async () => {
    const child = spawn('sleep', ['60']);
    await once(child, 'spawn');
    const pid = child.pid!;
    expect(childPids(process.pid)).to.include(pid);
    expect(processTree(process.pid)).to.include.members([process.pid, pid]);
    child.kill();
    await once(child, 'exit');
    expect(processUsage(pid)).to.equal(null);
    expect(childPids(pid)).to.deep.equal([]);
  });
});
