import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { Grants, Source } from '../../protocol/grants.ts';
import type { ParticipantInfo } from '../../protocol/participants.ts';
import type { Ban, RoomInfo } from '../../protocol/signaling.ts';
import type { LocalParticipant } from './participants/LocalParticipant.ts';
import type { Participant } from './participants/Participant.ts';
import type { RemoteParticipant } from './participants/RemoteParticipant.ts';
import type { RoomEvents } from './RoomEvents.ts';
import type { RoomSession } from './session/RoomSession.ts';
import { chooseStillCamera } from './stills/chooseStillCamera.ts';
import type { Still, StillPage, StillSource } from './stills/Still.ts';
import { TypedEmitter } from './TypedEmitter.ts';

/** What one knows of the room that one is in, and asks of it. Outside of it its calls reject with `invalidState`. */
export abstract class RoomActions extends TypedEmitter<RoomEvents> {
  abstract readonly localParticipant: LocalParticipant;
  /** @internal The present stay. */
  protected abstract readonly session: RoomSession | null;

  /** Null before `prepare()` or `join()` resolves, and after the end. */
  get info(): RoomInfo | null {
    return this.session?.info ?? null;
  }

  /** What one may do oneself. */
  get grants(): Grants | null {
    return this.session?.grants ?? null;
  }

  /** Everyone else, by participantId. */
  get participants(): ReadonlyMap<string, RemoteParticipant> {
    return this.session?.roster.participants ?? new Map<string, RemoteParticipant>();
  }

  /** Who waits in the lobby; empty without the grant `admit`. */
  get waiting(): readonly ParticipantInfo[] {
    return this.session?.waiting ?? [];
  }

  /** Who one speaks with aside, by participantId; as host, or in the state `aside`. */
  get asideWith(): string | null {
    if (!this.session?.isInside) return null;
    const { participantId, asideWith } = this.localParticipant;
    if (this.session.stage === 'aside') return asideWith;
    // A host sees who is aside, and is not told of itself.
    const partner = [...this.participants.values()].find((other) => other.asideWith === participantId);
    return partner?.participantId ?? null;
  }

  /** Loudest first. */
  get activeSpeakers(): readonly Participant[] {
    return this.session?.roster.activeSpeakers ?? [];
  }

  /**
   * Lets someone in who waits, or who speaks aside. With `aside` they first speak with oneself alone: they hear and see the room, and
   * nobody else knows of them. One person at a time.
   * @throws ChaxiError notAllowed without the grant `admit`; participantNotFound, roomFull, limitReached where one speaks aside already
   */
  async admit(participantId: string, { aside = false }: { aside?: boolean } = {}): Promise<void> {
    await this.assertSession().request('admit', { participantId, aside });
  }

  /** Lets everyone in who waits, as far as there are seats. Resolves with how many. @throws ChaxiError notAllowed */
  async admitAll(): Promise<number> {
    return (await this.assertSession().request('admitAll', {})).admitted;
  }

  /** Sends who speaks aside back to the lobby. @throws ChaxiError notAllowed, participantNotFound */
  async endAside(participantId: string): Promise<void> {
    await this.assertSession().request('endAside', { participantId });
  }

  /** Sends someone away who waits; they see the reason. @throws ChaxiError notAllowed, participantNotFound */
  async decline(participantId: string, reason?: string): Promise<void> {
    await this.assertSession().request('decline', { participantId, reason });
  }

  /** Leaves a word for those who wait (`info.lobbyNote`); empty takes it away. @throws ChaxiError notAllowed */
  async setLobbyNote(text: string): Promise<void> {
    await this.assertSession().request('setLobbyNote', { text });
  }

  /** Lets nobody new in, or opens the room again. @throws ChaxiError notAllowed without the grant `moderate` */
  async setLocked(locked: boolean): Promise<void> {
    await this.assertSession().request('setLocked', { locked });
  }

  /** Makes someone in the room the host, and oneself an expert. @throws ChaxiError notAllowed unless one is host; participantNotFound */
  async handOver(participantId: string): Promise<void> {
    await this.assertSession().request('handOver', { participantId });
  }

  /** Removes someone from the room; with `ban` for good. @throws ChaxiError notAllowed, participantNotFound */
  async removeParticipant(participantId: string, { ban = false }: { ban?: boolean } = {}): Promise<void> {
    await this.assertSession().request('removeParticipant', { participantId, ban });
  }

  /** Who can not come into this room. @throws ChaxiError notAllowed without the grant `moderate`; storageUnavailable */
  async listBans(): Promise<Ban[]> {
    return (await this.assertSession().request('listBans', {})).bans;
  }

  /** Lets someone come again. @throws ChaxiError notAllowed, storageUnavailable */
  async liftBan(identity: string): Promise<void> {
    await this.assertSession().request('liftBan', { identity });
  }

  /** Mutes a track of someone else, sound or picture; only they can unmute it. @throws ChaxiError notAllowed, producerNotFound */
  async muteParticipant(participantId: string, source: Source): Promise<void> {
    const producerId = this.participants.get(participantId)?.publishedTracks.get(source)?.producerId;
    if (!producerId) throw new ChaxiError('producerNotFound');
    await this.assertSession().request('setProducerPaused', { producerId, paused: true });
  }

  /**
   * Asks a camera in the room for a picture at its full resolution; resolves when it is there for everyone. Where nobody is
   * named, the first other one who shows this source is asked, else oneself.
   * @throws ChaxiError notAllowed, participantNotFound, producerNotFound, cameraUnavailable, stillTimeout, stillsFull,
   *   rateLimited, serverUnreachable: the page with the camera could not send it
   */
  async requestStill(participantId?: string, source: StillSource = 'teaCloseUp'): Promise<Still> {
    const { stills, roster } = this.assertSession();
    const others = roster.participants.values();
    return stills.request(participantId ?? chooseStillCamera(others, this.localParticipant, source), source);
  }

  /** The stills of this room, newest first, also of days before. @throws ChaxiError notAllowed, storageUnavailable */
  async listStills(page: StillPage = {}): Promise<Still[]> {
    return this.assertSession().stills.list(page);
  }

  /** Removes a still for everyone. @throws ChaxiError notAllowed, stillNotFound, storageUnavailable */
  async removeStill(stillId: string): Promise<void> {
    await this.assertSession().stills.remove(stillId);
  }

  /** @internal @throws ChaxiError invalidState */
  protected assertSession(): RoomSession {
    if (!this.session) throw new ChaxiError('invalidState');
    return this.session;
  }
}
