// MediaStreamTrack Insertable Media Processing using Streams, as Chromium has it on the main thread; TypeScript's DOM
// library leaves it out.
interface MediaStreamTrackGenerator<T = VideoFrame> extends MediaStreamTrack {
  readonly writable: WritableStream<T>;
}
declare const MediaStreamTrackGenerator: {
  new (init: { kind: 'video' }): MediaStreamTrackGenerator;
  new (init: { kind: 'audio' }): MediaStreamTrackGenerator<AudioData>;
};

interface MediaStreamTrackProcessor {
  readonly readable: ReadableStream<VideoFrame>;
}
declare const MediaStreamTrackProcessor: {
  new (init: { track: MediaStreamTrack; maxBufferSize?: number }): MediaStreamTrackProcessor;
};
