import type { CreatePeer, Peer, PublishSettings } from '../peers/Peer.ts';
import { FrameSource, type SourceOptions } from './FrameSource.ts';
import { senderOf } from './peerConnections.ts';
import { until } from './until.ts';

export interface PublishRequest extends PublishSettings {
  url: string;
  token: string;
  source: SourceOptions;
}

/** A page that publishes a camera whose frames bear numbers. */
export function publisherProbe(createPeer: CreatePeer) {
  let source: FrameSource | undefined;
  let peer: Peer | undefined;
  return {
    async publish({ url, token, source: options, ...settings }: PublishRequest): Promise<void> {
      source = new FrameSource(options);
      source.start();
      peer = createPeer({ url, token, start: 'cold', onVideo: () => undefined });
      await peer.join();
      await peer.publish(source.track, settings);
      const { track } = source;
      await until('the track to be sent', () => senderOf(track)?.transport?.state === 'connected');
    },
    async unpublish(): Promise<void> {
      source?.stop();
      await peer?.leave();
    },
  };
}

export type PublisherMethods = ReturnType<typeof publisherProbe>;
