import { serve } from '../lib/childService.ts';
import { LightPublisher, type LightClientOptions } from './LightPublisher.ts';
import { LightReceiver } from './LightReceiver.ts';
import { readClip } from './recordClip.ts';
import { stormJoin, type StormJoin, type StormRequest } from './stormJoin.ts';

type Server = Omit<LightClientOptions, 'token'>;

export interface OpenRequest extends Server {
  tokens: string[];
}

export interface PublishersRequest extends OpenRequest {
  clipFile: string;
  audio: boolean;
}

export interface ReceiverStatistics {
  connected: number;
  packets: number;
  bytes: number;
}

const publishers: LightPublisher[] = [];
const receivers: LightReceiver[] = [];

const methods = {
  async openPublishers({ clipFile, audio, tokens, ...server }: PublishersRequest): Promise<void> {
    const clip = await readClip(clipFile);
    for (const token of tokens) publishers.push(await LightPublisher.open({ ...server, token, clip, audio }));
  },
  async closePublishers(): Promise<void> {
    await Promise.all(publishers.splice(0).map((publisher) => publisher.close()));
  },
  async openReceivers({ tokens, ...server }: OpenRequest): Promise<void> {
    for (const token of tokens) receivers.push(await LightReceiver.open({ ...server, token }));
  },
  receiverStatistics(): ReceiverStatistics {
    return {
      connected: receivers.filter(({ state }) => state === 'connected').length,
      packets: receivers.reduce((sum, { packets }) => sum + packets, 0),
      bytes: receivers.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  },
  storm(request: StormRequest): Promise<StormJoin[]> {
    const { joins, ...options } = request;
    return Promise.all(joins.map((join) => stormJoin({ ...options, ...join })));
  },
};

export type ClientMethods = typeof methods;

serve(methods);
