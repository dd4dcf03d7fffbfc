import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { LocalParticipant } from '../participants/LocalParticipant.ts';
import type { RemoteParticipant } from '../participants/RemoteParticipant.ts';
import type { StillSource } from './Still.ts';

/**
 * Whose camera takes a still where nobody is named: the first of the others who shows this source, else oneself.
 * @throws ChaxiError producerNotFound: nobody shows it now
 */
export function chooseStillCamera(
  others: Iterable<Pick<RemoteParticipant, 'participantId' | 'publishedTracks'>>,
  local: Pick<LocalParticipant, 'participantId' | 'tracks'>,
  source: StillSource,
): string {
  for (const { participantId, publishedTracks } of others) {
    if (publishedTracks.get(source)?.paused === false) return participantId;
  }
  if (local.tracks.get(source)?.muted === false) return local.participantId;
  throw new ChaxiError('producerNotFound');
}
