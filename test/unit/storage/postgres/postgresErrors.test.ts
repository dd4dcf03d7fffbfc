import { expect } from 'chai';
import { explainPostgresError } from '../../../../server/storage/postgres/postgresErrors.ts';

describe('explainPostgresError', () => {
  for (const [title, error, expected] of [
    [
      'a port where nothing listens',
      { code: 'ECONNREFUSED' },
      /^It can not be reached \(what happened\).*database\.url/,
    ],
    ['a name that nobody knows', { code: 'ENOTFOUND' }, /can not be reached/],
    ['another password', { code: '28P01' }, /refuses the user or the password \(what happened\)/],
    ['a database that is not there', { code: '3D000' }, /createdb/],
    ['a user who may do nothing', { code: '42501' }, /owner/],
    ['too many connections', { code: '53300' }, /max_connections.*database\.poolSize/],
    ['a start', { code: '57P03' }, /Try again/],
    ['an unknown authority', { message: 'self-signed certificate in certificate chain' }, /database\.caFile/],
    ['a server without TLS', { message: 'The server does not support SSL connections' }, /sslmode/],
    ['anything else', { code: 'XX000' }, /^what happened$/],
  ] as const) {
    it(`says what to do about ${title}`, () => {
      expect(explainPostgresError(Object.assign(new Error('what happened'), error))).to.match(expected);
    });
  }

  it('says what each address of a name answered', () => {
    const refusals = ['refused ::1', 'refused 127.0.0.1'].map((message) => new Error(message));
    const error = Object.assign(new AggregateError(refusals), { code: 'ECONNREFUSED' });
    expect(explainPostgresError(error)).to.include('refused ::1, refused 127.0.0.1');
  });
});
