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

/** Of the receivers so far. */
export interface ReceiverStatistics {
  /** In the room, and connected. */
  connected: number;
  /** Those whose packets are counted: a sample, for counting costs more than receiving. */
  counted: number;
  packets: number;
  bytes: number;
}

/** Every how many receivers one is counted. */
const COUNT_EVERY = 5;

const publishers: LightPublisher[] = [];
const receivers: LightReceiver[] = [];
const counts = { counted: 0, packets: 0, bytes: 0 };

function count(bytes: number): void {
  counts.packets++;
  counts.bytes += bytes;
}

const methods = {
  async openPublishers({ clipFile, audio, tokens, ...server }: PublishersRequest): Promise<void> {
    const clip = await readClip(clipFile);
    for (const token of tokens) publishers.push(await LightPublisher.open({ ...server, token, clip, audio }));
  },
  /** How many of the publishers really send. */
  sending(): number {
    return publishers.filter(({ sends }) => sends).length;
  },
  async closePublishers(): Promise<void> {
    await Promise.all(publishers.splice(0).map((publisher) => publisher.close()));
  },
  /** @returns why it ended early; null when all were let in */
  async openReceivers({ tokens, ...server }: OpenRequest): Promise<string | null> {
    for (const token of tokens) {
      const counted = receivers.length % COUNT_EVERY === 0;
      try {
        receivers.push(await LightReceiver.open({ ...server, token }, counted ? { packet: count } : {}));
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
      if (counted) counts.counted++;
    }
    return null;
  },
  receiverStatistics(): ReceiverStatistics {
    return { connected: receivers.filter(({ receives }) => receives).length, ...counts };
  },
  storm(request: StormRequest): Promise<StormJoin[]> {
    const { joins, ...options } = request;
    return Promise.all(joins.map((join) => stormJoin({ ...options, ...join })));
  },
};

export type ClientMethods = typeof methods;

serve(methods);
