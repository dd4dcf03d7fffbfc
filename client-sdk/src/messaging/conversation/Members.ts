import type { ConversationKind, MemberInfo } from '../../../../protocol/conversations.ts';
import type { RealtimeEventData } from '../../../../protocol/realtime.ts';
import type { MessageStatus } from '../ChatMessage.ts';

/** The members of one conversation that are listed, how far they have got, and who of them is connected. */
export class Members {
  readonly #identity: string;
  #members: readonly MemberInfo[] = [];
  #online: ReadonlySet<string> = new Set();

  constructor(identity: string) {
    this.#identity = identity;
  }

  get list(): readonly MemberInfo[] {
    return this.#members;
  }

  get online(): ReadonlySet<string> {
    return this.#online;
  }

  get own(): MemberInfo | undefined {
    return this.#members.find(({ identity }) => identity === this.#identity);
  }

  set(members: readonly MemberInfo[], online: readonly string[]): void {
    this.#members = members;
    this.#online = new Set(online);
  }

  change({ members, gone }: Pick<RealtimeEventData<'members'>, 'members' | 'gone'>): void {
    const before = new Map(this.#members.map((member) => [member.identity, member]));
    for (const member of members) before.set(member.identity, highest(member, before.get(member.identity)));
    for (const identity of gone) before.delete(identity);
    this.#members = [...before.values()].sort((a, b) => a.joinedAt - b.joinedAt);
    this.#online = new Set([...this.#online].filter((identity) => !gone.includes(identity)));
  }

  applyReceipts(receipts: RealtimeEventData<'receipts'>['receipts']): void {
    const byIdentity = new Map(receipts.map((receipt) => [receipt.identity, receipt]));
    this.#members = this.#members.map((member) => highest(member, byIdentity.get(member.identity)));
  }

  /** @returns whether that is one of them */
  setOnline(identity: string, online: boolean): boolean {
    if (!this.#members.some((member) => member.identity === identity) || this.#online.has(identity) === online)
      return false;
    this.#online = new Set([...this.#online].filter((other) => other !== identity).concat(online ? [identity] : []));
    return true;
  }

  /**
   * Of an own message with this `seq`: how far all others have got; where a customer talks with the shop, how far anyone of the other side has. Nobody else is
   * listed in a large conversation, and then nothing is known of them.
   */
  statusOf(seq: number, kind: ConversationKind): MessageStatus {
    const others = this.#members.filter(({ identity }) => identity !== this.#identity);
    const isShop = kind === 'shop';
    const otherSide = others.filter(({ role }) => !isShop || (role === 'host') !== (this.own?.role === 'host'));
    if (otherSide.length === 0) return 'sent';
    const have = (mark: (member: MemberInfo) => number) =>
      isShop ? otherSide.some((member) => mark(member) >= seq) : otherSide.every((member) => mark(member) >= seq);
    if (have(({ readSeq }) => readSeq)) return 'read';
    return have(({ deliveredSeq, readSeq }) => Math.max(deliveredSeq, readSeq)) ? 'delivered' : 'sent';
  }

  /** Others whose watermark is at `seq` or above. */
  whoHas(seq: number, mark: 'deliveredSeq' | 'readSeq', sender: string): readonly MemberInfo[] {
    return this.#members.filter(
      (member) =>
        member.identity !== sender &&
        (mark === 'readSeq' ? member.readSeq : Math.max(member.deliveredSeq, member.readSeq)) >= seq,
    );
  }
}

/** Watermarks only rise, in whatever order they are told. */
function highest(member: MemberInfo, marks: Pick<MemberInfo, 'deliveredSeq' | 'readSeq'> | undefined): MemberInfo {
  if (!marks) return member;
  const { deliveredSeq, readSeq } = marks;
  return {
    ...member,
    deliveredSeq: Math.max(member.deliveredSeq, deliveredSeq),
    readSeq: Math.max(member.readSeq, readSeq),
  };
}
