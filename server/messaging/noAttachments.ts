import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { AttachmentService } from './AttachmentService.ts';

/** Until there are files: messages of text and cards alone. */
export const noAttachments: AttachmentService = {
  createAttachment: () => Promise.reject(new ChaxiError('fileNotSupported')),
  urlOf: () => Promise.reject(new ChaxiError('attachmentNotFound')),
  async resolve(_person, _conversationId, content) {
    if (content.type === 'text' || content.type === 'card') return content;
    throw new ChaxiError('attachmentNotFound');
  },
  discard() {},
};
