import { panelNames, type PanelName } from '../layout/panels.ts';

export type ShortcutAction =
  | 'microphone'
  | 'camera'
  | 'teaCloseUp'
  | 'screen'
  | 'settings'
  | Extract<PanelName, 'guide' | 'notes' | 'people' | 'chat'>;

export function isPanel(action: ShortcutAction): action is Extract<ShortcutAction, PanelName> {
  return panelNames.some((name) => name === action);
}

/** As much of a KeyboardEvent as the decision needs. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  repeat: boolean;
}

const actions: Readonly<Record<string, ShortcutAction>> = {
  m: 'microphone',
  v: 'camera',
  t: 'teaCloseUp',
  s: 'screen',
  g: 'guide',
  n: 'notes',
  p: 'people',
  c: 'chat',
  '?': 'settings',
};

/** As much of an element as tells what it does with keys. */
interface KeyTarget {
  tagName: string;
  isContentEditable?: boolean;
}

/** Something is typed or chosen in this element, which takes all keys. */
export function takesKeys({ tagName, isContentEditable }: KeyTarget): boolean {
  return /^(input|select|textarea)$/i.test(tagName) || isContentEditable === true;
}

/**
 * What a key press asks for. Nothing while something is typed or chosen in a field, and nothing with a modifier, which
 * belongs to the browser. `target` is the innermost element that has the focus.
 */
export function shortcutFor(press: KeyPress, target: KeyTarget | null) {
  if (press.ctrlKey || press.metaKey || press.altKey || press.repeat) return null;
  if (target && takesKeys(target)) return null;
  const key = press.key.toLowerCase();
  return Object.hasOwn(actions, key) ? actions[key]! : null;
}
