/** Messages: a part of its own, so that whoever only watches never loads it. */
export { ChaxiError } from '../../../protocol/ChaxiError.ts';
export type { ErrorCode } from '../../../protocol/errorCodes.ts';
export type {
  ConversationInfo,
  ConversationKind,
  MemberInfo,
  MemberRole,
  NewMemberInput,
  OwnConversation,
} from '../../../protocol/conversations.ts';
export { limits } from '../../../protocol/limits.ts';
export type { AttachmentInfo, Card, Message, MessageContent } from '../../../protocol/messages.ts';
export type { Logger } from '../Logger.ts';
export type { OpenRoom } from '../../../protocol/rest.ts';
export type { AttachmentUrl } from './AttachmentUrl.ts';
export type { ChatMessage, MessageStatus, OutgoingState } from './ChatMessage.ts';
export { ChaxiMessenger } from './ChaxiMessenger.ts';
export type { SearchOptions, SearchPage } from './ChaxiMessenger.ts';
export type { ChaxiMessengerOptions } from './ChaxiMessengerOptions.ts';
export { attachmentOf, Conversation } from './Conversation.ts';

export type { ConversationEvents } from './ConversationEvents.ts';
export type { DraftContent, SendOptions } from './DraftContent.ts';
export type { MessengerEvents, MessengerState } from './MessengerEvents.ts';
export { preparePicture } from './pictures/preparePicture.ts';
export { CounterRooms } from './rooms/CounterRooms.ts';
export { recordVoice } from './voice/VoiceRecorder.ts';
export type { VoiceRecorder, VoiceRecorderEvents, VoiceRecording } from './voice/VoiceRecorder.ts';
