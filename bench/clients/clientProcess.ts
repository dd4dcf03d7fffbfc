import { serve } from '../lib/childService.ts';
import { total } from '../lib/stats.ts';
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

export interface ReceiversRequest extends OpenRequest {
  /** Every how many of these receivers one is counted, for counting costs more than receiving. */
  countEvery: number;
}

/** Of the receivers so far. */
export interface ReceiverStatistics {
  /** In the room, and connected. */
  connected: number;
  /** Of each of those that are counted. */
  packets: number[];
  bytes: number;
}

const publishers: LightPublisher[] = [];
const receivers: LightReceiver[] = [];
let packets: number[] = [];
let receivedBytes = 0;

/** Counts one more receiver. */
function counter(): (bytes: number) => void {
  const place = packets.push(0) - 1;
  return (bytes) => {
    packets[place]! += 1;
    receivedBytes += bytes;
  };
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
  /** Packets of all publishers so far. */
  sent(): number {
    return total(publishers.map(({ sent }) => sent));
  },
  async closePublishers(): Promise<void> {
    await Promise.all(publishers.splice(0).map((publisher) => publisher.close()));
  },
  /** @returns why it ended early; null when all were let in */
  async openReceivers({ tokens, countEvery, ...server }: ReceiversRequest): Promise<string | null> {
    for (const [index, token] of tokens.entries()) {
      try {
        const events = index % countEvery === 0 ? { packet: counter() } : {};
        receivers.push(await LightReceiver.open({ ...server, token }, events));
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    }
    return null;
  },
  async closeReceivers(): Promise<void> {
    await Promise.all(receivers.splice(0).map((receiver) => receiver.close()));
    packets = [];
    receivedBytes = 0;
  },
  receiverStatistics(): ReceiverStatistics {
    return { connected: receivers.filter(({ receives }) => receives).length, packets, bytes: receivedBytes };
  },
  storm(request: StormRequest): Promise<StormJoin[]> {
    const { joins, ...options } = request;
    return Promise.all(joins.map((join) => stormJoin({ ...options, ...join })));
  },
};

export type ClientMethods = typeof methods;

serve(methods);
