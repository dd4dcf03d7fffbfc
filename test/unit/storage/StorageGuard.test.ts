import { expect } from 'chai';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { StorageGuard } from '../../../server/storage/StorageGuard.ts';
import { recordLog } from '../../helpers/recordLog.ts';

describe('StorageGuard', () => {
  const open = () => {
    const log = recordLog();
    const said = () =>
      log.entries.map(({ level, message, fields }) => `${level} ${message} ${String(fields.operation)}`);
    return { guard: new StorageGuard('things', log.logger), said };
  };
  const fail = () => Promise.reject(new Error('the disk is full'));
  const refusalOf = (outcome: Promise<unknown>) =>
    outcome.then(
      () => undefined,
      (error: unknown) => error as ChaxiError,
    );

  it('hands on what comes of it', async () => {
    const { guard, said } = open();
    expect(await guard.run('list', async () => 1)).to.equal(1);
    expect(await guard.answer('list', async () => 2)).to.equal(2);
    expect(said()).to.deep.equal([]);
  });

  it('makes one error of all failures, with what failed as its cause, and says each once, and that it works again', async () => {
    const { guard, said } = open();
    for (let tries = 0; tries < 3; tries += 1) {
      const error = await refusalOf(guard.answer('list', fail));
      expect(error).to.be.instanceOf(ChaxiError).with.property('code', 'storageUnavailable');
      expect(error).to.have.nested.property('cause.message', 'the disk is full');
    }
    await refusalOf(guard.run('keep', fail));
    for (let tries = 0; tries < 2; tries += 1) await guard.run('list', async () => {});
    expect(said()).to.deep.equal(['error things fail list', 'error things fail keep', 'info things work again list']);
  });

  it('lets through what is no failure', async () => {
    const { guard, said } = open();
    const error = new ChaxiError('stillNotFound');
    expect(await refusalOf(guard.run('list', () => Promise.reject(error)))).to.equal(error);
    expect(said()).to.deep.equal([]);
  });

  it('is idle when all is done, also what nobody waits for', async () => {
    const { guard } = open();
    const gate = Promise.withResolvers<void>();
    const running = guard.run('keep', () => gate.promise);
    let isIdle = false;
    const idle = guard.idle().then(() => (isIdle = true));
    await Promise.resolve();
    expect(isIdle).to.equal(false);
    gate.resolve();
    await Promise.all([running, idle]);
    expect(isIdle).to.equal(true);
  });
});
