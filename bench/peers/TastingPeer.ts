/** Something that arrives, and how the library plays it. */
export interface ReceivedTrack {
  kind: 'video' | 'audio';
  /** The track at present: libraries replace it when they connect anew. */
  track: () => MediaStreamTrack;
  attach(element: HTMLMediaElement): void;
}

export interface TastingOptions {
  url: string;
  token: string;
  onTrack: (received: ReceivedTrack) => void;
}

/** One conference library in a page, by its public interface, with what it does by itself for a camera and a microphone. */
export interface TastingPeer {
  join(): Promise<void>;
  publish(closeUp: MediaStreamTrack, microphone: MediaStreamTrack): Promise<void>;
}

export type CreateTastingPeer = (options: TastingOptions) => TastingPeer;
