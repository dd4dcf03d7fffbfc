import { z } from 'zod';
import type { RealtimeEvent, RealtimeEventData } from '../../protocol/realtime.ts';
import { parseInput } from '../base/parseInput.ts';
import { NodeNews, type NodeLink } from './nodes/NodeNews.ts';
import { ConnectedPeople } from './people/ConnectedPeople.ts';
import { channels, personOfChannel, type PersonKey } from './people/channels.ts';
import { OnlinePeople } from './people/OnlinePeople.ts';

/** An event for all sockets that listen to one of these channels, but for those that listen to one of the others. */
const deliverySchema = z.object({
  to: z.array(z.string()),
  except: z.array(z.string()),
  event: z.string(),
  data: z.unknown(),
});
export type Delivery = z.infer<typeof deliverySchema>;

const newsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('delivery'), delivery: deliverySchema }),
  z.object({
    kind: z.literal('members'),
    tenant: z.string(),
    conversationId: z.string(),
    joined: z.array(z.string()),
    left: z.array(z.string()),
  }),
  z.object({ kind: z.literal('conversationGone'), conversationId: z.string() }),
  z.object({ kind: z.literal('presence'), person: z.string(), isConnected: z.boolean() }),
]);
type News = z.infer<typeof newsSchema>;
/** People who are connected to a node, by their channels. */
const stateSchema = z.array(z.string());

export interface FanoutOptions {
  link: NodeLink;
  /** Hands an event to the sockets of this node. */
  emit: (delivery: Delivery) => void;
  loadConversations: (person: PersonKey) => Promise<readonly string[]>;
  /** News of another node, or of all, may not have come. */
  missed: () => void;
  /** Someone came or has gone, on whatever node. */
  presenceChanged: (person: PersonKey, isOnline: boolean) => void;
}

/** Brings what happened to whom it concerns: to the sockets of this node, and by way of the other nodes to theirs. */
export class Fanout {
  readonly people: ConnectedPeople;
  readonly online: OnlinePeople;
  readonly #emit: FanoutOptions['emit'];
  readonly #news: NodeNews;

  constructor(options: FanoutOptions) {
    const { link, emit, loadConversations, missed, presenceChanged } = options;
    this.#emit = emit;
    this.online = new OnlinePeople({
      changed: (channel, isOnline) => presenceChanged(personOfChannel(channel), isOnline),
    });
    this.people = new ConnectedPeople({
      load: loadConversations,
      changed: (person, isConnected) => {
        const channel = channels.person(person);
        this.online.set(link.nodeId, channel, isConnected);
        this.#news.tell({ kind: 'presence', person: channel, isConnected } satisfies News);
      },
    });
    this.#news = new NodeNews({
      link,
      heard: (news, nodeId) => this.#take(parseInput(newsSchema, news), nodeId),
      missed,
      describe: () => this.online.of(link.nodeId),
      stateOf: (nodeId, state) =>
        this.online.replace(nodeId, state === undefined ? [] : parseInput(stateSchema, state)),
    });
  }

  tell<E extends RealtimeEvent>(
    to: readonly string[],
    event: E,
    data: RealtimeEventData<E>,
    except: readonly string[] = [],
  ): void {
    this.#tellAll({ kind: 'delivery', delivery: { to: [...to], except: [...except], event, data } });
  }

  /** To the sockets of this node alone. */
  tellHere<E extends RealtimeEvent>(to: readonly string[], event: E, data: RealtimeEventData<E>): void {
    this.#emit({ to: [...to], except: [], event, data });
  }

  /** From now on those who joined hear of the conversation, and those who left do not. */
  changeMembers(tenant: string, conversationId: string, change: { joined?: string[]; left?: string[] }): void {
    this.#tellAll({ kind: 'members', tenant, conversationId, joined: change.joined ?? [], left: change.left ?? [] });
  }

  /** Nobody hears of the conversation any more. */
  closeConversation(conversationId: string): void {
    this.#tellAll({ kind: 'conversationGone', conversationId });
  }

  close(): void {
    this.#news.close();
    this.online.close();
  }

  #tellAll(news: News): void {
    this.#news.tell(news);
    this.#take(news);
  }

  #take(news: News, nodeId?: string): void {
    switch (news.kind) {
      case 'delivery':
        return this.#emit(news.delivery);
      case 'members':
        this.people.joined(news.tenant, news.conversationId, news.joined);
        return this.people.left(news.tenant, news.conversationId, news.left);
      case 'conversationGone':
        return this.people.closed(news.conversationId);
      case 'presence':
        if (nodeId !== undefined) this.online.set(nodeId, news.person, news.isConnected);
    }
  }
}
