import { ChaxiError } from '../../../../../protocol/ChaxiError.ts';
import type { MemberInfo, OwnConversation } from '../../../../../protocol/conversations.ts';
import type { ErrorCode } from '../../../../../protocol/errorCodes.ts';
import type { Message, MessageContent } from '../../../../../protocol/messages.ts';
import type {
  RealtimeEvent,
  RealtimeEventData,
  RealtimeMethod,
  RealtimeRequestInput,
} from '../../../../../protocol/realtime.ts';
import { tokenClaims } from '../../../../../client-sdk/src/messaging/connection/tokenClaims.ts';
import type { OpenSocket, SocketHandler } from '../../../../../client-sdk/src/messaging/connection/RealtimeSocket.ts';

interface Socket {
  identity: string;
  handler: SocketHandler;
  isOpen: boolean;
  isClosed: boolean;
  /** Ends with an error what waits for an answer. */
  waiting: Set<(error: ChaxiError) => void>;
}

interface FakeConversation {
  conversationId: string;
  members: MemberInfo[];
  lastChange: number;
  /** By seq. */
  messages: Map<number, Message>;
}

/** What becomes of one request, instead of its answer. */
export type Mishap = 'loseRequest' | 'loseAnswer' | ErrorCode;

/** A server of messages in memory, with the semantics of protocol/realtime.ts as far as the SDK leans on them. */
export class FakeMessagingServer {
  readonly conversations = new Map<string, FakeConversation>();
  readonly requests: { identity: string; method: RealtimeMethod; data: unknown }[] = [];
  /** Called for each request; where it answers, that happens. */
  mishap: (method: RealtimeMethod, data: never) => Mishap | null = () => null;
  /** What happens after an answer was made and before it is sent. */
  meanwhile: (method: RealtimeMethod) => void = () => undefined;
  /** New sockets are refused with this. */
  refusal: ErrorCode | null = null;
  /** Events that are not told. */
  loseEvent: (name: RealtimeEvent) => boolean = () => false;
  readonly #sockets = new Set<Socket>();

  /** A token as the SDK reads it; nobody checks the signature here. */
  static token(identity: string): string {
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    return `${encode({ alg: 'HS256' })}.${encode({ iss: 'teahouse', sub: identity })}.signature`;
  }

  /** Of the nodes that were connected to, in order. */
  readonly addresses: string[] = [];

  readonly openSocket: OpenSocket = ({ serverUrl, token }, handler) => {
    this.addresses.push(serverUrl);
    const { identity } = tokenClaims(token);
    const socket: Socket = { identity, handler, isOpen: false, isClosed: false, waiting: new Set() };
    setImmediate(() => {
      if (socket.isClosed) return;
      if (this.refusal) return handler.closed(new ChaxiError(this.refusal));
      socket.isOpen = true;
      this.#sockets.add(socket);
      handler.opened();
    });
    return {
      receivedAt: Infinity,
      request: (method, data) => this.#request(socket, method as RealtimeMethod, data),
      notify: (name, data) => this.#notify(socket, name, data as { conversationId: string }),
      close: () => this.#close(socket),
    };
  };

  addConversation(conversationId: string, ...identities: string[]): FakeConversation {
    const members = identities.map((identity, joinedAt) => ({
      identity,
      name: identity.toUpperCase(),
      role: 'member' as const,
      joinedAt,
      deliveredSeq: 0,
      readSeq: 0,
    }));
    const conversation = { conversationId, members, lastChange: 0, messages: new Map<number, Message>() };
    this.conversations.set(conversationId, conversation);
    return conversation;
  }

  /** As from another device: stored and told. */
  say(conversationId: string, identity: string, ...texts: string[]): Message[] {
    const outgoing = texts.map((text) => ({
      clientId: `elsewhere:${++this.#said}`,
      content: { type: 'text' as const, text },
    }));
    return this.#send(identity, { conversationId, messages: outgoing });
  }

  #said = 0;

  change(conversationId: string, seq: number, change: Partial<Message>): Message {
    const conversation = this.conversations.get(conversationId)!;
    const previous = conversation.lastChange++;
    const changed = { ...conversation.messages.get(seq)!, ...change, change: conversation.lastChange };
    conversation.messages.set(seq, changed);
    this.#tell(conversation, 'messages', { conversationId, previous, messages: [changed] });
    return changed;
  }

  receipts(conversationId: string, identity: string, mark: Partial<MemberInfo>): void {
    const conversation = this.conversations.get(conversationId)!;
    const member = conversation.members.find((one) => one.identity === identity)!;
    Object.assign(member, mark);
    this.#tell(conversation, 'receipts', { conversationId, receipts: [member] });
  }

  /** To every socket of these people. */
  tell<E extends RealtimeEvent>(identities: readonly string[], name: E, data: RealtimeEventData<E>): void {
    for (const socket of this.#sockets) {
      // What is on the wire comes after what runs now, in order.
      if (identities.includes(socket.identity)) setImmediate(() => socket.isOpen && socket.handler.event(name, data));
    }
  }

  /** Every socket is gone, with all that was under way. */
  cut(code: ErrorCode = 'connectionLost'): void {
    for (const socket of [...this.#sockets]) {
      this.#close(socket);
      socket.handler.closed(new ChaxiError(code));
    }
  }

  get socketCount(): number {
    return this.#sockets.size;
  }

  textsOf(conversationId: string): string[] {
    const messages = [...this.conversations.get(conversationId)!.messages.values()];
    return messages.map(({ content }) => (content?.type === 'text' ? content.text : ''));
  }

  sent(method: RealtimeMethod): unknown[] {
    return this.requests.filter((request) => request.method === method).map(({ data }) => data);
  }

  #close(socket: Socket): void {
    socket.isOpen = false;
    socket.isClosed = true;
    this.#sockets.delete(socket);
    for (const fail of socket.waiting) fail(new ChaxiError('connectionLost'));
  }

  #notify(socket: Socket, name: string, { conversationId }: { conversationId: string }): void {
    if (name !== 'typing') throw new Error(`no notice ${name}`);
    const others = this.conversations.get(conversationId)!.members.filter((one) => one.identity !== socket.identity);
    const data = { conversationId, identity: socket.identity, name: socket.identity.toUpperCase() };
    this.tell(
      others.map(({ identity }) => identity),
      'typing',
      data,
    );
  }

  #request(socket: Socket, method: RealtimeMethod, data: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const fail = (error: ChaxiError) => reject(error);
      socket.waiting.add(fail);
      setImmediate(() => {
        if (!socket.isOpen) return;
        this.requests.push({ identity: socket.identity, method, data });
        const mishap = this.mishap(method, data as never);
        if (mishap === 'loseRequest') return;
        const answer =
          mishap === null || mishap === 'loseAnswer'
            ? structuredClone(this.#answer(socket.identity, method, data))
            : { error: new ChaxiError(mishap).toBody() };
        if (mishap === 'loseAnswer') return;
        this.meanwhile(method);
        setImmediate(() => {
          socket.waiting.delete(fail);
          resolve(answer);
        });
      });
    });
  }

  #answer(identity: string, method: RealtimeMethod, data: unknown): { data: unknown } | { error: unknown } {
    try {
      return { data: this.#handle(identity, method, data) };
    } catch (error) {
      return { error: (error as ChaxiError).toBody() };
    }
  }

  #handle(identity: string, method: RealtimeMethod, data: unknown): unknown {
    const as = <M extends RealtimeMethod>() => data as RealtimeRequestInput<M>;
    const named = () => this.#find(identity, (data as { conversationId: string }).conversationId);
    switch (method) {
      case 'listConversations': {
        const { after, limit = 50 } = as<'listConversations'>();
        const all = [...this.conversations.values()]
          .filter(({ members }) => members.some((member) => member.identity === identity))
          .map((conversation) => this.#own(conversation, identity))
          .sort((a, b) => b.activeAt - a.activeAt);
        const start = after ? all.findIndex(({ conversationId }) => conversationId === after.conversationId) + 1 : 0;
        return { conversations: all.slice(start, start + limit), more: all.length > start + limit };
      }
      case 'openRoom':
        return this.#opened(this.#find(identity, as<'openRoom'>().room), identity);
      case 'openShop':
        return this.#opened(this.#find(identity, 'shop'), identity);
      case 'openConversation':
        return this.#opened(named(), identity);
      case 'history': {
        const { before = Infinity, limit = 100 } = as<'history'>();
        const older = [...named().messages.values()].filter(({ seq }) => seq < before).reverse();
        return { messages: older.slice(0, limit), more: older.length > limit };
      }
      case 'sync': {
        const { after, limit = 100 } = as<'sync'>();
        const newer = [...named().messages.values()].filter(({ change }) => change > after);
        newer.sort((a, b) => a.change - b.change);
        return { messages: newer.slice(0, limit), more: newer.length > limit };
      }
      case 'send':
        return { messages: this.#send(identity, as<'send'>()) };
      case 'edit': {
        const { conversationId, seq, text } = as<'edit'>();
        return { message: this.change(conversationId, seq, { content: { type: 'text', text }, editedAt: 1 }) };
      }
      case 'deleteMessage': {
        const { conversationId, seq } = as<'deleteMessage'>();
        return { message: this.change(conversationId, seq, { content: null }) };
      }
      case 'markDelivered':
        this.receipts(named().conversationId, identity, { deliveredSeq: as<'markDelivered'>().seq });
        return {};
      case 'markRead':
        this.receipts(named().conversationId, identity, { readSeq: as<'markRead'>().seq });
        return {};
      case 'attachmentUrl':
        return { path: `/files/${as<'attachmentUrl'>().attachmentId}`, previewPath: null, expiresInMs: 60_000 };
      case 'createGroup':
      case 'addMembers':
      case 'removeMember':
      case 'listMembers':
      case 'react':
      case 'search':
      case 'createAttachment':
      case 'listRooms':
      case 'createRoom':
      case 'enterRoom':
        throw new ChaxiError('unknownMethod');
    }
  }

  #find(identity: string, conversationId: string): FakeConversation {
    const conversation = this.conversations.get(conversationId);
    const isMember = conversation?.members.some((member) => member.identity === identity);
    if (!conversation || !isMember) throw new ChaxiError('conversationNotFound');
    return conversation;
  }

  #send(identity: string, { conversationId, messages }: RealtimeRequestInput<'send'>): Message[] {
    const conversation = this.#find(identity, conversationId);
    const previous = conversation.lastChange;
    const stored = [...conversation.messages.values()].filter(({ from }) => from.identity === identity);
    const added: Message[] = [];
    const answer = messages.map((outgoing) => {
      const known = stored.find(({ clientId }) => clientId === outgoing.clientId);
      if (known) return known;
      const seq = ++conversation.lastChange;
      const message: Message = {
        conversationId,
        seq,
        change: seq,
        clientId: outgoing.clientId,
        from: { identity, name: identity.toUpperCase() },
        sentAt: 1_000 + seq,
        content: toContent(outgoing.content),
        replyTo: outgoing.replyTo ?? null,
        mentions: outgoing.mentions ?? [],
        editedAt: null,
        reactions: [],
      };
      conversation.messages.set(seq, message);
      added.push(message);
      return message;
    });
    if (added.length > 0) this.#tell(conversation, 'messages', { conversationId, previous, messages: added });
    return answer;
  }

  #tell<E extends RealtimeEvent>({ members }: FakeConversation, name: E, data: RealtimeEventData<E>): void {
    if (this.loseEvent(name)) return;
    this.tell(
      members.map(({ identity }) => identity),
      name,
      structuredClone(data),
    );
  }

  #opened(conversation: FakeConversation, identity: string): unknown {
    const { members } = conversation;
    const online = members.filter((member) => [...this.#sockets].some((socket) => socket.identity === member.identity));
    return {
      conversation: this.#own(conversation, identity),
      members,
      online: online.map((member) => member.identity),
    };
  }

  #own({ conversationId, members, messages, lastChange }: FakeConversation, identity: string): OwnConversation {
    const { role, readSeq } = members.find((member) => member.identity === identity)!;
    const all = [...messages.values()];
    return {
      conversationId,
      kind: 'group',
      title: conversationId,
      room: null,
      customer: null,
      createdAt: 1_000,
      activeAt: all.at(-1)?.sentAt ?? 1_000,
      lastChange,
      memberCount: members.length,
      role,
      readSeq,
      unread: all.filter(({ seq, from, content }) => seq > readSeq && from.identity !== identity && content).length,
      mentioned: false,
    };
  }
}

function toContent(content: RealtimeRequestInput<'send'>['messages'][number]['content']): MessageContent {
  if (content.type === 'text' || content.type === 'card') return content;
  const attachment = {
    attachmentId: content.attachmentId,
    name: 'file',
    mimeType: 'image/png',
    sizeBytes: 3,
    width: null,
    height: null,
    hasPreview: false,
  };
  if (content.type === 'voice') return { ...content, attachment };
  return { type: content.type, attachment, text: content.text ?? '' };
}
