import type { Role } from '../../../protocol/grants.ts';
import type { ParticipantInfo } from '../../../protocol/participants.ts';
import type { Stage } from '../../../protocol/signaling.ts';
import type { Member } from '../Member.ts';
import type { MemberState } from './memberState.ts';
import { RemoteTrack, type RemoteTrackOptions } from './RemoteTrack.ts';

export interface RemoteMemberOptions {
  /** Where its session is. */
  nodeId: string;
  state: MemberState;
  acquire: RemoteTrackOptions['acquire'];
  /** Tells its node how much of a video is watched on this one. */
  demand: (producerId: string, spatialLayers: number) => void;
}

/** What an update changed of the tracks. */
export interface TracksChange {
  opened: RemoteTrack[];
  resized: RemoteTrack[];
}

/** A participant whose session is on another node. */
export class RemoteMember implements Member {
  readonly nodeId: string;
  readonly tracks = new Map<string, RemoteTrack>();
  /** How long its packets are on the way is its node's to know. */
  readonly rttMs = undefined;
  readonly #options: RemoteMemberOptions;
  /** Tracks of which its node was told how much is watched. */
  readonly #demanded = new Set<string>();
  #state: MemberState;

  constructor(options: RemoteMemberOptions) {
    this.nodeId = options.nodeId;
    this.#options = options;
    this.#state = { ...options.state, info: { ...options.state.info, tracks: [] }, media: [] };
  }

  get id(): string {
    return this.#state.info.participantId;
  }

  get identity(): string {
    return this.#state.info.identity;
  }

  get role(): Role {
    return this.#state.info.role;
  }

  get enteredAt(): number {
    return this.#state.enteredAt;
  }

  get stage(): Stage {
    return this.#state.stage;
  }

  get takesSeat(): boolean {
    return this.#state.takesSeat;
  }

  get asideWith(): string | null {
    return this.#state.info.asideWith;
  }

  get visible(): boolean {
    return this.#state.visible;
  }

  get info(): ParticipantInfo {
    return this.#state.info;
  }

  get state(): MemberState {
    return this.#state;
  }

  measureRtt(): void {}

  tellLayersWanted(producerId: string, spatialLayers: number): void {
    this.#demanded.add(producerId);
    this.#options.demand(producerId, spatialLayers);
  }

  /** The demand of this node once more, for a node that may have missed it. */
  tellDemandAgain(): void {
    for (const { producerId, layersWanted } of this.tracks.values()) {
      if (this.#demanded.has(producerId)) this.#options.demand(producerId, layersWanted);
    }
  }

  /** Brings it into line with what its node says. */
  update(state: MemberState): TracksChange {
    this.#state = state;
    const change: TracksChange = { opened: [], resized: [] };
    const { tracks } = state.info;
    for (const [producerId, track] of this.tracks) {
      if (tracks.some((info) => info.producerId === producerId)) continue;
      this.tracks.delete(producerId);
      this.#demanded.delete(producerId);
      track.close();
    }
    for (const info of tracks) {
      const media = state.media.find(({ producerId }) => producerId === info.producerId);
      const track = this.tracks.get(info.producerId);
      if (!media) continue;
      if (track) {
        track.setPaused(info.paused);
        if (track.size?.width !== media.size?.width || track.size?.height !== media.size?.height) {
          track.size = media.size;
          change.resized.push(track);
        }
      } else {
        const opened = new RemoteTrack({ info, media, acquire: this.#options.acquire });
        this.tracks.set(info.producerId, opened);
        change.opened.push(opened);
      }
    }
    return change;
  }

  /** Its session is over. */
  close(): void {
    for (const track of this.tracks.values()) track.close();
    this.tracks.clear();
  }
}
