import type { JoinStart } from '../../client-sdk/src/index.ts';

/** A video of someone else, and how this library shows it. */
export interface PeerVideo {
  identity: string;
  track: MediaStreamTrack;
  attach(element: HTMLVideoElement): void;
}

export interface PeerOptions {
  url: string;
  token: string;
  start: JoinStart;
  onVideo: (video: PeerVideo) => void;
}

/** Milliseconds from the click, as far as the library tells. */
export interface PeerStages {
  socketMs?: number;
  answerMs?: number;
  iceMs?: number;
  dtlsMs?: number;
}

export interface PublishSettings {
  /** Of the one resolution that is sent. */
  maxBitrateBps?: number;
  simulcast: boolean;
}

/**
 * One conference library in a page, as its own documentation uses it. Made when the page is open; `prepare` is what it can do
 * before the click, `join` is the click.
 */
export interface Peer {
  prepare(): Promise<void>;
  join(): Promise<void>;
  publish(track: MediaStreamTrack, settings: PublishSettings): Promise<void>;
  /** Of the join; asked for when the first frame has been seen. */
  stages(): Promise<PeerStages>;
  leave(): Promise<void>;
}

export type CreatePeer = (options: PeerOptions) => Peer;
