import { expect } from 'chai';
import { messagesIn } from '../../../../web/src/i18n/languages.ts';
import { shortcutFor, takesKeys, type KeyPress } from '../../../../web/src/session/shortcuts.ts';

const press = (key: string, change: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  ...change,
});
const button = { tagName: 'BUTTON' };

describe('shortcuts', () => {
  const cases: [says: string, press: KeyPress, target: Parameters<typeof shortcutFor>[1], action: string | null][] = [
    ['m is the microphone', press('m'), null, 'microphone'],
    ['M with caps lock is the microphone too', press('M'), button, 'microphone'],
    ['v is the camera', press('v'), null, 'camera'],
    ['t is the tea', press('t'), null, 'teaCloseUp'],
    ['s is the screen', press('s'), null, 'screen'],
    ['g is the guide', press('g'), null, 'guide'],
    ['n are the notes', press('n'), null, 'notes'],
    ['p is the people', press('p'), null, 'people'],
    ['c is the chat', press('c'), null, 'chat'],
    ['? is the settings', press('?'), null, 'settings'],
    ['another key is nothing', press('x'), null, null],
    ['the name of an object property is nothing', press('constructor'), null, null],
    ['a key with Ctrl belongs to the browser', press('p', { ctrlKey: true }), null, null],
    ['a key with Cmd belongs to the browser', press('s', { metaKey: true }), null, null],
    ['a key with Alt belongs to the browser', press('v', { altKey: true }), null, null],
    ['a key that is held down acts once', press('m', { repeat: true }), null, null],
    ['nothing fires while one types', press('m'), { tagName: 'INPUT' }, null],
    ['nothing fires while one chooses from a list', press('m'), { tagName: 'select' }, null],
    ['nothing fires in an editor', press('m'), { tagName: 'DIV', isContentEditable: true }, null],
  ];
  for (const [says, key, target, action] of cases) {
    it(says, () => {
      expect(shortcutFor(key, target)).to.equal(action);
    });
  }

  it('leave keys to fields, and take those at buttons and pictures', () => {
    const fields = [{ tagName: 'TEXTAREA' }, { tagName: 'INPUT' }, { tagName: 'P', isContentEditable: true }];
    expect(fields.map(takesKeys)).to.deep.equal([true, true, true]);
    expect([button, { tagName: 'CX-KNOCK' }, { tagName: 'CANVAS' }].map(takesKeys)).to.deep.equal([
      false,
      false,
      false,
    ]);
  });

  it('are all listed in the settings, in both languages', () => {
    for (const language of ['zh', 'en'] as const) {
      const listed = messagesIn(language).settings.shortcutKeys.map(([key]) => shortcutFor(press(key), null));
      const panels = ['guide', 'notes', 'people', 'chat'];
      expect(listed).to.deep.equal(['microphone', 'camera', 'teaCloseUp', 'screen', ...panels, 'settings']);
    }
  });
});
