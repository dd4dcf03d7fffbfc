import { EventEmitter } from 'node:events';
import { resolveGrants } from '../../../../protocol/grants.ts';
import type { Cluster } from '../../../../server/cluster/Cluster.ts';
import { InviteDesk } from '../../../../server/rooms/invites/InviteDesk.ts';
import type { Participant } from '../../../../server/rooms/Participant.ts';
import type { RoomDirectory } from '../../../../server/rooms/RoomDirectory.ts';
import type { RoomRegistry, RoomRegistryEvents } from '../../../../server/rooms/RoomRegistry.ts';
import type { InviteStore } from '../../../../server/storage/invites/InviteStore.ts';
import { inviteRow } from '../../../helpers/inviteStoreContract.ts';
import { API_KEY, API_SECRET } from '../../../helpers/testServer.ts';
import { waitFor } from '../../../helpers/waitFor.ts';

describe('InviteDesk', () => {
  it('keeps nothing of those who asked for the invitations of a room when that is closed', async () => {
    const registry = new EventEmitter<RoomRegistryEvents>();
    const invite = inviteRow({ tenant: API_KEY, expiresAt: Date.now() + 3_600_000 });
    const desk = new InviteDesk({
      registry: Object.assign(registry, { find: () => undefined }) as unknown as RoomRegistry,
      store: { list: async () => [{ invite, uses: [] }] } as unknown as InviteStore,
      directory: { stagesIn: async () => new Map() } as unknown as RoomDirectory,
      cluster: { handle: () => {} } as unknown as Cluster,
      apiKeys: { [API_KEY]: API_SECRET },
      shutOut: () => {},
    });
    const host = { joined: true, grants: resolveGrants('host'), claims: { iss: API_KEY, room: 'tea' } };
    const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    await desk.listFor(host as Participant);
    // It waits for the invitation to expire.
    const watching = timers();
    host.joined = false;
    registry.emit('roomClosed', API_KEY, 'tea');
    await waitFor('its timer to end', () => timers() < watching, { timeoutMs: 1_500 });
    desk.close();
  });
});
