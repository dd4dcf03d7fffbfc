import { expect } from 'chai';
import type { ParticipantInfo } from '../../protocol/participants.ts';
import type { StillInfo } from '../../protocol/stills.ts';
import { audioParameters, videoParameters } from './rtpFixtures.ts';
import type { Ids } from './signalingArbitraries.ts';
import { takeStill } from './stills.ts';
import type { TestServer } from './testServer.ts';
import type { Visitor, Visitors, VisitOptions } from './Visitors.ts';

/** Two people in a room, who publish to each other. */
interface Pair {
  host: Visitor;
  guest: Visitor;
  /** A still that was taken of the host. */
  still: StillInfo;
  /** As both stand at the beginning. */
  people: ParticipantInfo[];
}

/** People in several rooms whom nothing of what happens elsewhere, or of what others in their room try, may touch. */
export class Bystanders {
  readonly #pairs: Pair[];

  static async gather(
    node: Pick<TestServer, 'url'>,
    visitors: Visitors,
    rooms: readonly VisitOptions[],
  ): Promise<Bystanders> {
    const pairs: Pair[] = [];
    for (const [index, room] of rooms.entries()) {
      const host = await visitors.join('host', { ...room, role: 'host' });
      await host.client.request('produce', {
        kind: 'video',
        source: 'teaCloseUp',
        rtpParameters: videoParameters(1_000 + 100 * index),
      });
      const guest = await visitors.join('friend', { ...room, role: 'expert', grants: { admit: true } });
      await guest.client.request('produce', {
        kind: 'audio',
        source: 'microphone',
        rtpParameters: audioParameters(1_050 + 100 * index),
      });
      await host.client.notification('newConsumer');
      const still = await takeStill(node, guest, host);
      pairs.push({ host, guest, still, people: await peopleOf({ host, guest }) });
    }
    return new Bystanders(pairs);
  }

  private constructor(pairs: Pair[]) {
    this.#pairs = pairs;
  }

  /** What is theirs in the rooms that they were gathered in as the first, second and so on; in all where none is named. */
  ids(...rooms: number[]): Ids {
    const chosen = this.#pairs.filter((_, index) => rooms.length === 0 || rooms.includes(index));
    const media = chosen.flatMap(({ host, guest }) => [host.snapshot.media, guest.snapshot.media]);
    const people = chosen.flatMap((pair) => pair.people);
    return {
      participants: people.map(({ participantId }) => participantId),
      producers: people.flatMap(({ tracks }) => tracks.map(({ producerId }) => producerId)),
      transports: media.flatMap((item) => [item?.send?.id ?? [], item?.recv?.id ?? []].flat()),
      consumers: media.flatMap((item) => (item?.consumers ?? []).map(({ consumerId }) => consumerId)),
      stills: chosen.map(({ still }) => still.stillId),
    };
  }

  get sessions(): { sessionId: string; resumeSecret: string }[] {
    return this.#pairs.flatMap(({ host, guest }) => [host.snapshot, guest.snapshot]);
  }

  /** They stand as they stood, still get answers and each other's tracks, and no one was sent away. */
  async expectUntouched(): Promise<void> {
    for (const { host, guest, still, people } of this.#pairs) {
      expect((await host.client.request('listStills', {})).stills).to.deep.equal([still]);
      expect(await peopleOf({ host, guest })).to.deep.equal(people);
      for (const { client } of [host, guest]) {
        expect(client.closeCode).to.equal(undefined);
        for (const name of ['closed', 'mediaReset'] as const) expect(client.received(name)).to.be.empty;
        const own = people.flatMap(({ tracks }) => tracks.map(({ producerId }) => producerId));
        for (const name of ['trackMuted', 'trackUnpublished'] as const) {
          expect(client.received(name).filter(({ producerId }) => own.includes(producerId))).to.be.empty;
        }
        const { media } = await client.request('join', {});
        const received = (media?.consumers ?? []).filter(({ producerId }) => own.includes(producerId));
        expect(received.map(({ paused }) => paused)).to.have.length(1);
      }
    }
  }

  /** What they heard of visitors is of no more use. */
  forgetVisitors(): void {
    for (const { host, guest } of this.#pairs) {
      for (const { client } of [host, guest]) client.notifications.splice(1);
    }
  }
}

/** Both as each sees them. */
async function peopleOf({ host, guest }: Pick<Pair, 'host' | 'guest'>): Promise<ParticipantInfo[]> {
  const views = await Promise.all([host, guest].map(({ client }) => client.request('join', {})));
  return views.flatMap(({ self, participants }) => [
    self,
    ...participants.filter(({ identity }) => identity === 'host' || identity === 'friend'),
  ]);
}
