import { Writable } from 'node:stream';
import { expect } from 'chai';
import { createLogger, type Logger } from '../../../server/base/logger.ts';

describe('createLogger', () => {
  let written: string[];
  let stream: Writable;

  beforeEach(() => {
    written = [];
    stream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        written.push(chunk.toString());
        done();
      },
    });
  });

  const jsonLogger = (level: 'info' | 'debug' = 'debug'): Logger =>
    createLogger({ level, format: 'auto' }, 'production', stream);
  const lastEntry = (): Record<string, unknown> => JSON.parse(written.at(-1) ?? '{}') as Record<string, unknown>;

  it('writes one JSON object a line in production', () => {
    jsonLogger().info('room opened', { roomId: 'tea' });
    expect(written).to.have.lengthOf(1);
    expect(lastEntry()).to.include({ level: 'info', message: 'room opened', roomId: 'tea' });
    expect(lastEntry().timestamp).to.match(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  it('writes readable lines in development', () => {
    const logger = createLogger({ level: 'debug', format: 'auto' }, 'development', stream);
    logger.warn('worker died', { pid: 7, reason: 'two words', error: new Error('boom', { cause: new Error('why') }) });
    expect(written.join('')).to.match(
      /^\d\d:\d\d:\d\d\.\d{3} WARN {2}worker died pid=7 reason='two words' error=Error: boom\n/,
    );
    expect(written.join('')).to.include('caused by Error: why');
  });

  for (const [format, mode, json] of [
    ['json', 'development', true],
    ['readable', 'production', false],
    ['auto', 'production', true],
    ['auto', 'development', false],
  ] as const) {
    it(`writes ${json ? 'JSON' : 'text'} with format ${format} in ${mode}`, () => {
      createLogger({ level: 'info', format }, mode, stream).info('hello');
      expect(written.join('').startsWith('{')).to.equal(json);
    });
  }

  it('leaves out what is less severe than its level', () => {
    const logger = jsonLogger('info');
    logger.debug('request');
    expect(written).to.deep.equal([]);
    logger.error('failed');
    expect(written).to.have.lengthOf(1);
  });

  it('gives children the fields of all their parents', () => {
    jsonLogger().child({ roomId: 'tea' }).child({ participantId: 'li' }).info('joined', { requestId: '1' });
    expect(lastEntry()).to.include({ roomId: 'tea', participantId: 'li', requestId: '1' });
  });

  it('lets a line say a field differently without changing its logger', () => {
    const logger = jsonLogger().child({ roomId: 'tea' });
    logger.info('moved', { roomId: 'cup' });
    expect(lastEntry()).to.include({ roomId: 'cup' });
    logger.info('stays');
    expect(lastEntry()).to.include({ roomId: 'tea' });
  });

  it('never writes a secret, neither in the message nor in a field nor in a child', () => {
    for (const format of ['json', 'readable'] as const) {
      const logger = createLogger({ level: 'info', format }, 'production', stream);
      logger.child({ token: 'hunter2' }).info('GET /signaling?token=hunter2&v=1', {
        headers: { authorization: 'hunter2' },
        error: new Error('for hello=hunter2'),
      });
    }
    expect(written.join('')).to.include('/signaling?token=[hidden]&v=1').and.not.include('hunter2');
  });
});
