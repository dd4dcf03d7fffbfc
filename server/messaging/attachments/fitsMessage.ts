import type { OutgoingContent } from '../../../protocol/messages.ts';
import { pictureTypes } from '../../../protocol/pictureTypes.ts';

/** Types of messages that carry a file. */
export type FileMessageType = Extract<OutgoingContent, { attachmentId: string }>['type'];

/** Whether a file of this media type can be what a message of this type says that it is. */
export function fitsMessage(type: FileMessageType, mimeType: string): boolean {
  switch (type) {
    case 'image':
      return mimeType in pictureTypes;
    case 'voice':
      return mimeType.startsWith('audio/');
    case 'file':
      return true;
  }
}
