import { expect } from 'chai';
import { isTransient } from '../../../../client-sdk/src/policies/retryPolicy.ts';
import { errorCodes, type ErrorCode } from '../../../../protocol/errorCodes.ts';

describe('the retry policy', () => {
  const transient: ErrorCode[] = [
    'tokenMissing',
    'mediaUnavailable',
    'nodeUnavailable',
    'clusterUnavailable',
    'rateLimited',
    'serverDraining',
    'requestTimeout',
    'serverUnreachable',
    'connectionLost',
  ];

  it('tries again after these errors and no other', () => {
    const codes = Object.keys(errorCodes) as ErrorCode[];
    expect(codes.filter(isTransient)).to.have.members(transient);
  });
});
