import type { Guide, TastingRoom, TastingStep } from '../../../client-sdk/src/index.ts';
import { draftKey } from '../chat/drafts.ts';
import { Observable } from '../session/observable.ts';
import { GuideEditing } from './GuideEditing.ts';
import { planSteps, type StepPlan } from './planSteps.ts';

/** What the guide needs of the session. */
export interface RoomGuideOptions {
  room: Pick<TastingRoom, 'guide' | 'grants' | 'state' | 'info' | 'localParticipant'>;
  /** Between words of a row, in the language that is chosen now. */
  listSeparator: () => string;
  /** Runs a step; a failure is told as a notice. */
  attempt: (step: () => Promise<unknown>) => Promise<void>;
}

/** The tasting guide of the room as a page shows it: where the tasting stands, and for who leads how it goes on. */
export class RoomGuide extends Observable {
  readonly #options: RoomGuideOptions;
  #editing: GuideEditing | null = null;

  constructor(options: RoomGuideOptions) {
    super();
    this.#options = options;
  }

  get current(): Guide | null {
    return this.#guide.current;
  }

  get step(): TastingStep | null {
    return this.#guide.step;
  }

  /** Null while nothing is on the table. */
  get plan(): StepPlan | null {
    return planSteps(this.current, this.step);
  }

  get timer() {
    return this.#guide.timer();
  }

  /** In the room, with the grant to lead. */
  get mayLead(): boolean {
    const { grants, state } = this.#options.room;
    return grants?.lead === true && (state === 'joined' || state === 'reconnecting');
  }

  /** What is written now; null while nobody writes here. */
  get editing(): GuideEditing | null {
    return this.#editing;
  }

  /** Begins to write, where one left off. */
  edit(): void {
    const { room, listSeparator } = this.#options;
    const { identity } = room.localParticipant;
    this.#editing ??= new GuideEditing({
      guide: room.guide,
      storageKey: draftKey(identity, `guide/${room.info?.name ?? ''}`),
      listSeparator: listSeparator(),
    });
    this.changed();
  }

  /** Shows the guide again; what is not saved is kept. */
  stopEditing(): void {
    this.#editing = null;
    this.changed();
  }

  goTo(teaId: string | null, infusion = 0): Promise<void> {
    return this.#options.attempt(() => this.#guide.goTo(teaId, infusion));
  }

  startTimer(): Promise<void> {
    return this.#options.attempt(() => this.#guide.startTimer());
  }

  holdTimer(): Promise<void> {
    return this.#options.attempt(() => this.#guide.pauseTimer());
  }

  resetTimer(): Promise<void> {
    return this.#options.attempt(() => this.#guide.resetTimer());
  }

  /** The guide or the step of the room is another one. */
  refresh(): void {
    this.#editing?.guideChanged();
    this.changed();
  }

  get #guide() {
    return this.#options.room.guide;
  }
}
