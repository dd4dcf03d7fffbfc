import type { types } from 'mediasoup-client';
import type { RequestInput, RequestMethod, ResponseData } from '../../../protocol/signaling.ts';
import type { Logger } from '../Logger.ts';
import type { LocalParticipant } from '../participants/LocalParticipant.ts';
import type { RoomEmit } from '../RoomEvents.ts';
import type { MediaTransport } from './MediaTransport.ts';

/** What all publications of a room work with, as it is at present. */
export interface PublicationContext {
  readonly logger: Logger;
  readonly participant: LocalParticipant;
  readonly transport: MediaTransport | null;
  readonly sendCapabilities: types.RtpCapabilities;
  /** The room has been entered, for all or aside: before that the server takes no publication. */
  readonly inside: boolean;
  readonly live: boolean;
  readonly emit: RoomEmit;
  request<M extends RequestMethod>(method: M, data: RequestInput<M>): Promise<ResponseData<M>>;
}
