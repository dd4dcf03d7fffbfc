import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { MessagingClaims } from '../../../protocol/accessToken.ts';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { Grants } from '../../../protocol/grants.ts';
import type { createInviteSchema, Invite, RedeemedInvite, RedeemInvite } from '../../../protocol/invites.ts';
import { nameSchema } from '../../../protocol/participants.ts';
import { createAccessToken } from '../../auth/accessToken.ts';
import { InviteCodes } from '../../auth/InviteCodes.ts';
import { KeyedRates } from '../../base/KeyedRates.ts';
import { parseInput } from '../../base/parseInput.ts';
import { RetriedWork } from '../../base/RetriedWork.ts';
import { uuidV7 } from '../../base/uuidV7.ts';
import type { Cluster } from '../../cluster/Cluster.ts';
import { RETURN_MS } from '../../storage/invites/decideOpening.ts';
import type { InviteStore, StoredInvite } from '../../storage/invites/InviteStore.ts';
import type { RoomKey } from '../../storage/StillStore.ts';
import type { Participant } from '../Participant.ts';
import type { RoomDirectory } from '../RoomDirectory.ts';
import type { RoomRegistry } from '../RoomRegistry.ts';
import { inviteGrants } from './inviteGrants.ts';
import { invitedIdentity, inviteInfo, parseInvitedIdentity } from './inviteInfo.ts';
import { InviteWatch } from './InviteWatch.ts';
import { revokedTogether } from './revokedTogether.ts';

/** What one person may make in a minute; a host who invites a whole tasting at once is not held up. */
const CREATE_RATE = { perSecond: 0.5, burst: 30 };

/** Something of a room's invitations changed. */
const newsSchema = z.object({
  tenant: z.string(),
  room: nameSchema,
  /** These let nobody in any more. */
  revoked: z.array(z.string()),
});
type InviteNews = z.infer<typeof newsSchema>;

/** A request as its schema gives it. */
export type AskedInvite = z.output<typeof createInviteSchema>;

/** Who makes invitations. */
export interface Inviter {
  identity: string;
  name: string;
}

export interface InviteDeskOptions {
  store: InviteStore;
  registry: RoomRegistry;
  directory: RoomDirectory;
  cluster: Cluster;
  apiKeys: Readonly<Record<string, string>>;
  /** Someone may not come into a room any more; in its conversation they stay only as long as they are in the room. */
  shutOut: (room: RoomKey, identity: string) => void;
}

/** The invitations of all rooms, open or not: for those in them, for REST, for whoever opens one, and for the other nodes. */
export class InviteDesk {
  readonly #options: InviteDeskOptions;
  readonly #codes: InviteCodes;
  readonly #watch = new InviteWatch({ list: (room) => this.list(room) });
  readonly #rates = new KeyedRates(CREATE_RATE);
  /** Sessions of invited people of whom it is written that they came. */
  readonly #noted = new WeakSet<Participant>();
  /** Of the links of people who were sent out for good. */
  readonly #revocations: RetriedWork<{ room: RoomKey; identity: string }>;

  constructor(options: InviteDeskOptions) {
    this.#options = options;
    const { registry, cluster, apiKeys } = options;
    this.#codes = new InviteCodes(apiKeys);
    this.#revocations = new RetriedWork({
      concurrency: 1,
      work: ({ room, identity }) => this.#revokeOf(room, identity),
    });
    registry.on('peopleChanged', (tenant, room) => this.#lookAt({ tenant, room }));
    // A room that closes does not say any more that its people went.
    registry.on('roomClosed', (tenant, room) => this.#watch.ask({ tenant, room }));
    registry.on('participantBanned', (tenant, room, identity) => {
      this.#revocations.add(JSON.stringify([tenant, room, identity]), { room: { tenant, room }, identity });
    });
    cluster.handle('inviteNews', (data) => this.#hear(parseInput(newsSchema, data)));
  }

  /** @throws notAllowed, inviteRevoked where they came by one that was taken back, limitReached, rateLimited, storageUnavailable */
  async createBy(participant: Participant, asked: AskedInvite): Promise<Invite> {
    assertMayInvite(participant);
    const { identity, lastingGrants, info, claims } = participant;
    await this.assertGood(claims);
    // An invitation outlives a hand-over.
    const given = inviteGrants(lastingGrants, asked.role, asked.grants);
    return this.create(roomOf(participant), { identity, name: info.name }, { ...asked, grants: given });
  }

  /** From now on the participant hears of changes. @throws notAllowed, storageUnavailable */
  async listFor(participant: Participant): Promise<Invite[]> {
    assertMayInvite(participant);
    const room = roomOf(participant);
    const invites = await this.list(room);
    this.#watch.add(room, participant, invites);
    return invites;
  }

  /** @throws notAllowed, inviteNotFound, storageUnavailable */
  revokeBy(participant: Participant, inviteId: string): Promise<Invite> {
    assertMayInvite(participant);
    return this.revoke(roomOf(participant), inviteId);
  }

  /** @throws limitReached, rateLimited, storageUnavailable */
  async create(room: RoomKey, by: Inviter, { role, name, ttlSeconds, maxUses, grants }: AskedInvite): Promise<Invite> {
    this.#rates.take(JSON.stringify([room.tenant, by.identity]));
    const nowMs = Date.now();
    const invite = {
      ...room,
      inviteId: uuidV7(nowMs),
      role,
      name,
      grants: JSON.stringify(grants ?? {}),
      createdByIdentity: by.identity,
      createdByName: by.name,
      createdAt: nowMs,
      expiresAt: nowMs + ttlSeconds * 1_000,
      maxUses,
      revokedAt: null,
    };
    await this.#options.store.create(invite);
    this.#tell({ ...room, revoked: [] });
    return this.#infoOf({ invite, uses: [] }, new Map());
  }

  /** Of a room, open or not, the newest first. @throws storageUnavailable, nodeUnavailable, clusterUnavailable */
  async list(room: RoomKey): Promise<Invite[]> {
    const [stored, stages] = await Promise.all([
      this.#options.store.list(room, Date.now()),
      this.#options.directory.stagesIn(room.tenant, room.room),
    ]);
    return stored.map((invite) => this.#infoOf(invite, stages));
  }

  /**
   * It lets nobody in any more, nor does what was made by who came by it; who has not been let in by the host is sent away.
   * @throws inviteNotFound, storageUnavailable, nodeUnavailable, clusterUnavailable
   */
  async revoke(room: RoomKey, inviteId: string): Promise<Invite> {
    const makers = await this.#options.store.makers(room);
    const together = revokedTogether(makers, [inviteId], Date.now());
    const revoked = await this.#revokeAll(room, [...new Set([inviteId, ...together])]);
    const stored = revoked.find(({ invite }) => invite.inviteId === inviteId);
    if (!stored) throw new ChaxiError('inviteNotFound');
    return this.#infoOf(stored, await this.#options.directory.stagesIn(room.tenant, room.room));
  }

  /** Someone opens a link. @throws inviteNotFound, inviteRevoked, inviteExpired, inviteUsedUp, storageUnavailable */
  async redeem({ code, device, name }: RedeemInvite): Promise<RedeemedInvite> {
    const address = this.#codes.read(code);
    if (!address) throw new ChaxiError('inviteNotFound');
    const nowMs = Date.now();
    const opener = { device: digestOf(device), name };
    const { invite, use, isNew } = await this.#options.store.open(address, opener, nowMs);
    const { tenant, room, role } = invite;
    if (isNew) this.#tell({ tenant, room, revoked: [] });
    const goodForMs = Math.min(RETURN_MS, invite.expiresAt + RETURN_MS - nowMs);
    const token =
      use &&
      (await createAccessToken({
        apiKey: tenant,
        apiSecret: this.#options.apiKeys[tenant]!,
        room,
        identity: invitedIdentity(use),
        name: use.name,
        role,
        grants: JSON.parse(invite.grants) as Partial<Grants>,
        invite: invite.inviteId,
        ttlSeconds: Math.ceil(goodForMs / 1_000),
      }));
    return { token, room, role, name: use?.name ?? invite.name, invitedBy: invite.createdByName };
  }

  /** Whoever comes by an invitation may only while it is good. @throws inviteRevoked, inviteNotFound, storageUnavailable */
  async assertGood({ iss, room, invite: inviteId }: Pick<MessagingClaims, 'iss' | 'room' | 'invite'>): Promise<void> {
    if (inviteId === undefined) return;
    const invite = await this.#options.store.find(inviteId);
    if (invite?.tenant !== iss || invite.room !== room) throw new ChaxiError('inviteNotFound');
    if (invite.revokedAt !== null) throw new ChaxiError('inviteRevoked');
  }

  /** The same for messages, which who was let in before it was revoked has as long as they are in the room. @throws also nodeUnavailable, clusterUnavailable */
  async assertMayWrite(claims: MessagingClaims): Promise<void> {
    const { iss: tenant, room, sub: identity } = claims;
    try {
      await this.assertGood(claims);
    } catch (error) {
      const isRevoked = error instanceof ChaxiError && error.code === 'inviteRevoked';
      if (!isRevoked || !(await this.#options.directory.isIn(tenant, room!, identity))) throw error;
    }
  }

  close(): void {
    this.#revocations.close();
    this.#watch.close();
  }

  #infoOf(stored: StoredInvite, stages: Parameters<typeof inviteInfo>[1]['stages']): Invite {
    const { tenant, inviteId } = stored.invite;
    return inviteInfo(stored, { code: this.#codes.make({ tenant, inviteId }), stages, nowMs: Date.now() });
  }

  /** Someone was sent out for good, and comes back neither by the link by which they came nor by one that they made. */
  async #revokeOf(room: RoomKey, identity: string): Promise<void> {
    const makers = await this.#options.store.makers(room);
    const own = parseInvitedIdentity(identity)?.inviteId;
    const first = makers.filter((made) => made.createdByIdentity === identity || made.inviteId === own);
    const inviteIds = first.map(({ inviteId }) => inviteId);
    await this.#revokeAll(room, revokedTogether(makers, inviteIds, Date.now()));
  }

  async #revokeAll(room: RoomKey, inviteIds: readonly string[]): Promise<StoredInvite[]> {
    const stored = await this.#options.store.revoke(room, inviteIds, Date.now());
    if (stored.length > 0) this.#tell({ ...room, revoked: stored.map(({ invite }) => invite.inviteId) });
    for (const use of stored.flatMap(({ uses }) => uses)) this.#options.shutOut(room, invitedIdentity(use));
    return stored;
  }

  #tell(news: InviteNews): void {
    const { cluster } = this.#options;
    for (const { nodeId } of cluster.nodes) if (nodeId !== cluster.nodeId) cluster.tell(nodeId, 'inviteNews', news);
    this.#hear(news);
  }

  #hear({ tenant, room, revoked }: InviteNews): void {
    const open = this.#options.registry.find(tenant, room);
    for (const inviteId of revoked) open?.dismissInvited(inviteId);
    this.#watch.ask({ tenant, room });
  }

  /** Who came is written by their own node. */
  #lookAt({ tenant, room }: RoomKey): void {
    for (const participant of this.#options.registry.find(tenant, room)?.participants ?? []) {
      const { claims, identity, stage } = participant;
      const invited = parseInvitedIdentity(identity);
      // A shop gives whatever identities it likes; the invitation that the token names was looked at.
      if (!invited || invited.inviteId !== claims.invite) continue;
      if (stage === 'prepared' || this.#noted.has(participant)) continue;
      this.#noted.add(participant);
      // Where it can not be written now, it is with the next change.
      this.#options.store
        .noteEntered(invited.inviteId, invited.number, Date.now())
        .catch(() => this.#noted.delete(participant));
    }
    this.#watch.ask({ tenant, room });
  }
}

function assertMayInvite({ joined, grants }: Participant): void {
  if (!joined || !grants.invite) throw new ChaxiError('notAllowed');
}

function roomOf({ claims }: Participant): RoomKey {
  return { tenant: claims.iss, room: claims.room };
}

/** The secret itself is kept by the device alone. */
function digestOf(device: string): string {
  return createHash('sha256').update(device).digest('base64url');
}
