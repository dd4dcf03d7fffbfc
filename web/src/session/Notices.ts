import { Observable } from './observable.ts';

/** What one can do about a notice, as a button beside it. */
export interface NoticeAction {
  label: string;
  act(): void;
}

export interface Notice {
  id: number;
  text: string;
  /** Stays until it is dismissed. */
  stays: boolean;
  action?: NoticeAction;
  /** Address of a small picture of what it is about. */
  picture?: string;
}

/** What a notice may have beside its text. */
export type NoticeDetails = Partial<Pick<Notice, 'stays' | 'action' | 'picture'>>;

const SHOWN_MS = 6_000;
/** More would cover the room. */
const MOST = 3;

/** What happened a moment ago, to read and to be read aloud. */
export class Notices extends Observable {
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();
  #list: readonly Notice[] = [];
  #lastId = 0;

  get list(): readonly Notice[] {
    return this.#list;
  }

  add(text: string, { stays = false, action, picture }: NoticeDetails = {}): void {
    const same = this.#list.find((notice) => notice.text === text);
    if (same) this.dismiss(same.id);
    const id = ++this.#lastId;
    const list = [...this.#list, { id, text, stays, action: action && this.#once(id, action), picture }];
    for (const { id: oldest } of list.slice(0, -MOST)) this.#clearTimer(oldest);
    this.#list = list.slice(-MOST);
    if (!stays) {
      this.#timers.set(
        id,
        setTimeout(() => this.dismiss(id), SHOWN_MS),
      );
    }
    this.changed();
  }

  dismiss(id: number): void {
    this.#clearTimer(id);
    this.#list = this.#list.filter((notice) => notice.id !== id);
    this.changed();
  }

  close(): void {
    for (const id of [...this.#timers.keys()]) this.#clearTimer(id);
    this.#list = [];
  }

  /** What is done needs no notice any more. */
  #once(id: number, { label, act }: NoticeAction): NoticeAction {
    return {
      label,
      act: () => {
        this.dismiss(id);
        act();
      },
    };
  }

  #clearTimer(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }
}
