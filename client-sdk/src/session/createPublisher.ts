import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { Logger } from '../Logger.ts';
import type { MediaDevice } from '../media/MediaDevice.ts';
import { Publisher } from '../media/Publisher.ts';
import type { LocalParticipant } from '../participants/LocalParticipant.ts';
import type { RoomEmit } from '../RoomEvents.ts';
import type { RoomSession } from './RoomSession.ts';

export interface CreatePublisherOptions {
  logger: Logger;
  emit: RoomEmit;
  device: MediaDevice;
  participant: () => LocalParticipant;
  /** The present stay; null between two of them. */
  session: () => RoomSession | null;
  /** `join()` has been called. */
  entering: () => boolean;
}

/** A publisher over whatever session there is. */
export function createPublisher(options: CreatePublisherOptions): Publisher {
  const { logger, emit, device, participant, session, entering } = options;
  return new Publisher({
    logger,
    emit,
    get participant() {
      return participant();
    },
    get transport() {
      return session()?.media.link.send ?? null;
    },
    get sendCapabilities() {
      return device.sendCapabilities;
    },
    get inside() {
      return session()?.isInside ?? false;
    },
    get live() {
      return session()?.connection.live ?? false;
    },
    get entering() {
      return entering();
    },
    request: async (method, data) => {
      const present = session();
      if (!present) throw new ChaxiError('connectionLost');
      return present.request(method, data);
    },
  });
}
