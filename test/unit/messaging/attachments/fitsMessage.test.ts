import { expect } from 'chai';
import { fileTypeNames } from '../../../../protocol/fileTypes.ts';
import { fitsMessage } from '../../../../server/messaging/attachments/fitsMessage.ts';

describe('a message', () => {
  for (const [type, taken] of [
    ['image', ['image/jpeg', 'image/png', 'image/webp']],
    ['voice', ['audio/webm', 'audio/ogg', 'audio/mp4']],
    ['file', fileTypeNames],
  ] as const) {
    it(`of type ${type} takes files of ${taken.join(', ')} alone`, () => {
      expect(fileTypeNames.filter((mimeType) => fitsMessage(type, mimeType))).to.deep.equal(taken);
    });
  }
});
