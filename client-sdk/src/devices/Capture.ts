/** Where the MediaStreamTrack of a publication comes from. */
export interface Capture {
  /** A track that is open already. */
  given?: MediaStreamTrack;
  /** Asked for at first. */
  deviceId?: string;
  /** A new track of this device, or of the default one. @throws ChaxiError as `publishCamera` */
  open(deviceId?: string): Promise<MediaStreamTrack>;
  /** A device: it can be switched, released while muted, and replaced when it is unplugged. */
  reopenable: boolean;
  /** The SDK stops the track when it is no longer published. */
  owned: boolean;
}

/** A track that only its owner can make. */
export function givenCapture(track: MediaStreamTrack, owned: boolean): Capture {
  return { given: track, open: () => Promise.resolve(track), reopenable: false, owned };
}
