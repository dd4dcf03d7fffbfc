import { expect } from 'chai';
import { arrangeControls, type ControlName, type ControlsPlan } from '../../../../web/src/layout/controlsPolicy.ts';

const all: ControlName[] = [
  'microphone',
  'camera',
  'teaCloseUp',
  'screen',
  'guide',
  'notes',
  'chat',
  'stills',
  'people',
  'settings',
  'leave',
];
const watching: ControlName[] = ['guide', 'chat', 'stills', 'people', 'settings', 'leave'];

interface Case extends ControlsPlan {
  when: string;
  width: number;
  controls: ControlName[];
  leads: boolean;
}

const cases: Case[] = [
  { when: 'a desktop has room for all', width: 1_280, controls: all, leads: true, bar: all, more: [] },
  {
    when: 'a phone of who leads keeps the cup at hand',
    width: 390,
    controls: all,
    leads: true,
    bar: ['microphone', 'camera', 'teaCloseUp', 'guide', 'chat', 'leave'],
    more: ['screen', 'notes', 'stills', 'people', 'settings'],
  },
  {
    when: 'a phone of who tastes keeps the notes at hand',
    width: 390,
    controls: all,
    leads: false,
    bar: ['microphone', 'camera', 'guide', 'notes', 'chat', 'leave'],
    more: ['teaCloseUp', 'screen', 'stills', 'people', 'settings'],
  },
  {
    when: 'a phone of who only watches has room for all',
    width: 390,
    controls: watching,
    leads: false,
    bar: watching,
    more: [],
  },
  {
    when: 'a very small phone keeps microphone and leaving',
    width: 160,
    controls: all,
    leads: false,
    bar: ['microphone', 'leave'],
    more: ['camera', 'teaCloseUp', 'screen', 'guide', 'notes', 'chat', 'stills', 'people', 'settings'],
  },
  {
    when: 'a window between the two puts aside what is rarely needed',
    width: 900,
    controls: all,
    leads: false,
    bar: ['microphone', 'camera', 'teaCloseUp', 'guide', 'notes', 'chat', 'people', 'leave'],
    more: ['screen', 'stills', 'settings'],
  },
];

describe('the controls', () => {
  for (const { when, bar, more, ...input } of cases) {
    it(`stand in their order: ${when}`, () => {
      expect(arrangeControls(input)).to.deep.equal({ bar, more });
    });
  }

  it('are all there at any width, each once', () => {
    for (let width = 0; width < 1_600; width += 37) {
      for (const leads of [true, false]) {
        const { bar, more } = arrangeControls({ width, controls: all, leads });
        expect([...bar, ...more])
          .to.have.members(all)
          .and.have.length(all.length);
        expect(bar).to.include.members(['microphone', 'leave']);
        // One button for one thing would be no gain.
        expect(more).to.not.have.length(1);
      }
    }
  });
});
