import { expect } from 'chai';
import fc from 'fast-check';
import { stageScene, type Scene, type ScenePerson, type VideoSource } from '../../../../web/src/layout/stagePolicy.ts';

const person = (
  participantId: string,
  role: ScenePerson['role'],
  showing: VideoSource[] = ['camera'],
  isLocal = false,
): ScenePerson => ({ participantId, role, showing, isLocal });

const me = person('me', 'guest', ['camera'], true);
const host = person('host', 'host');
const expert = person('expert', 'expert');
const guest = person('guest', 'guest');

interface Case {
  when: string;
  people: ScenePerson[];
  pinned?: string;
  lastSpeakerId?: string;
  stage: string | null;
  strip: string[];
}

const cases: Case[] = [
  {
    when: 'one is alone, the stage is empty and one sees oneself in the strip',
    people: [me],
    stage: null,
    strip: ['me/camera'],
  },
  {
    when: 'an observer is alone, there is nothing',
    people: [],
    stage: null,
    strip: [],
  },
  {
    when: 'two talk, the other is on the stage',
    people: [guest, me],
    stage: 'guest/camera',
    strip: ['me/camera'],
  },
  {
    when: 'nobody has spoken, the host is on the stage, whoever came first',
    people: [guest, expert, host, me],
    stage: 'host/camera',
    strip: ['expert/camera', 'guest/camera', 'me/camera'],
  },
  {
    when: 'someone spoke, the last speaker is on the stage',
    people: [host, guest, me],
    lastSpeakerId: 'guest',
    stage: 'guest/camera',
    strip: ['host/camera', 'me/camera'],
  },
  {
    when: 'the last speaker has no picture, the host stays on the stage',
    people: [host, person('guest', 'guest', []), me],
    lastSpeakerId: 'guest',
    stage: 'host/camera',
    strip: ['guest/camera', 'me/camera'],
  },
  {
    when: 'only a guest has a picture, that picture is on the stage',
    people: [person('host', 'host', []), guest, me],
    stage: 'guest/camera',
    strip: ['host/camera', 'me/camera'],
  },
  {
    when: 'nobody has a picture, the name of the host is on the stage',
    people: [person('guest', 'guest', []), person('host', 'host', []), me],
    stage: 'host/camera',
    strip: ['guest/camera', 'me/camera'],
  },
  {
    when: 'the host shows the cup, the cup is on the stage, before a speaker and a screen',
    people: [person('host', 'host', ['camera', 'teaCloseUp', 'screen']), guest, me],
    lastSpeakerId: 'guest',
    stage: 'host/teaCloseUp',
    strip: ['host/screen', 'host/camera', 'guest/camera', 'me/camera'],
  },
  {
    when: 'two show a cup, the cup of the host is on the stage',
    people: [person('expert', 'expert', ['teaCloseUp']), person('host', 'host', ['teaCloseUp']), me],
    stage: 'host/teaCloseUp',
    strip: ['expert/teaCloseUp', 'host/camera', 'expert/camera', 'me/camera'],
  },
  {
    when: 'one shows a cup oneself, it is on the own stage too',
    people: [guest, person('me', 'host', ['camera', 'teaCloseUp'], true)],
    stage: 'me/teaCloseUp',
    strip: ['guest/camera', 'me/camera'],
  },
  {
    when: 'a screen is shared, it is on the stage, before a speaker',
    people: [host, person('guest', 'guest', ['camera', 'screen']), me],
    lastSpeakerId: 'host',
    stage: 'guest/screen',
    strip: ['host/camera', 'guest/camera', 'me/camera'],
  },
  {
    when: 'one shares the own screen, it does not mirror itself on the own stage',
    people: [host, person('me', 'guest', ['camera', 'screen'], true)],
    stage: 'host/camera',
    strip: ['me/screen', 'me/camera'],
  },
  {
    when: 'something is pinned, it is on the stage, before the cup',
    people: [person('host', 'host', ['camera', 'teaCloseUp']), me],
    pinned: 'me/camera',
    stage: 'me/camera',
    strip: ['host/teaCloseUp', 'host/camera'],
  },
  {
    when: 'what was pinned is gone, the stage is chosen as ever',
    people: [host, me],
    pinned: 'guest/camera',
    stage: 'host/camera',
    strip: ['me/camera'],
  },
];

describe('stage policy', () => {
  for (const { when, people, pinned = null, lastSpeakerId = null, stage, strip } of cases) {
    it(`when ${when}`, () => {
      const staging = stageScene({ people, pinned, lastSpeakerId });
      expect(staging.stage?.key ?? null).to.equal(stage);
      expect(staging.strip.map(({ key }) => key)).to.deep.equal(strip);
    });
  }

  it('says which shots have a picture', () => {
    const { stage, strip } = stageScene({
      people: [person('host', 'host', []), me],
      pinned: null,
      lastSpeakerId: null,
    });
    expect(stage).to.include({ key: 'host/camera', live: false });
    expect(strip[0]).to.include({ key: 'me/camera', live: true });
  });

  it('shows everyone exactly once and nobody twice, whatever the scene', () => {
    const anyPerson = fc.record({
      participantId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      role: fc.constantFrom('host', 'guest', 'expert', 'observer'),
      isLocal: fc.boolean(),
      showing: fc.uniqueArray(fc.constantFrom('camera', 'teaCloseUp', 'screen')),
    }) as fc.Arbitrary<ScenePerson>;
    const scene: fc.Arbitrary<Scene> = fc.record({
      people: fc.uniqueArray(anyPerson, { selector: ({ participantId }) => participantId }),
      pinned: fc.constantFrom(null, 'a/camera', 'b/screen', 'nobody/camera'),
      lastSpeakerId: fc.constantFrom(null, 'a', 'c', 'nobody'),
    });
    fc.assert(
      fc.property(scene, (input) => {
        const { stage, strip } = stageScene(input);
        const keys = [...(stage ? [stage] : []), ...strip].map(({ key }) => key);
        const expected = input.people.flatMap(({ participantId, showing }) =>
          [...new Set<VideoSource>(['camera', ...showing])].map((source) => `${participantId}/${source}`),
        );
        expect(keys.toSorted()).to.deep.equal(expected.toSorted());
      }),
    );
  });
});
