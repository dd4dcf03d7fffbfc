import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { GuideState, TastingStep } from '../../../protocol/guide.ts';
import { limits } from '../../../protocol/limits.ts';
import type { RequestData } from '../../../protocol/signaling.ts';
import { nodeTimeMs } from '../../base/nodeClock.ts';
import type { Participant } from '../Participant.ts';
import { Quotas } from '../Quotas.ts';
import type { RoomRecords } from '../records/RoomRecords.ts';
import type { StepState } from '../records/stepPart.ts';
import { assertTea } from './assertTea.ts';
import { reviseGuide } from './reviseGuide.ts';
import { RoomNotes, type RoomNotesOptions } from './RoomNotes.ts';
import { stepTo, withoutGoneTea, withTimer } from './stepPolicy.ts';

export interface RoomTastingOptions extends RoomNotesOptions {
  onClosed: () => void;
}

/** The tasting of one open room: its guide, and where it stands, of which everyone is told, those who wait too; and the notes. */
export class RoomTasting {
  readonly notes: RoomNotes;
  readonly #records: RoomRecords;
  readonly #onClosed: () => void;
  readonly #guiding = new Quotas({ perMinute: limits.guideChangesPerMinute, burst: limits.guideChangeBurst });
  readonly #stepping = new Quotas({ perMinute: limits.stepsPerMinute, burst: limits.stepBurst });

  constructor({ onClosed, ...options }: RoomTastingOptions) {
    const { records, audience } = options;
    this.notes = new RoomNotes(options);
    this.#records = records;
    this.#onClosed = onClosed;
    records.guide.onChanged(() => {
      audience.tellAll('guideChanged', this.guide);
      this.#endStepOfGoneTea();
    });
    records.step.onChanged(() => {
      audience.tellAll('stepChanged', this.step);
      this.#endStepOfGoneTea();
    });
  }

  get guide(): GuideState {
    const { value: guide, revision } = this.#records.guide;
    return { revision, guide };
  }

  get step(): TastingStep {
    const { value, revision } = this.#records.step;
    return { revision, ...value };
  }

  /** Tells a new socket how things are, right after its welcome. */
  greet(participant: Participant): void {
    if (this.guide.revision > 0) participant.notify('guideChanged', this.guide);
    if (this.step.revision > 0) participant.notify('stepChanged', this.step);
    this.notes.remind(participant);
  }

  /** @throws wrongStage, notAllowed, rateLimited, guideConflict, storageUnavailable */
  async setGuide(leader: Participant, { guide, revision }: RequestData<'setGuide'>): Promise<GuideState> {
    assertLeads(leader);
    this.#guiding.take(leader);
    return reviseGuide(this.#records.guide, guide, revision);
  }

  /** @throws wrongStage, notAllowed, rateLimited, teaNotFound, storageUnavailable */
  async setStep(leader: Participant, to: RequestData<'setStep'>): Promise<TastingStep> {
    assertLeads(leader);
    this.#stepping.take(leader);
    if (to.teaId !== null) await assertTea(this.#records, to.teaId);
    return this.#updateStep(() => stepTo(this.#records.guide.value, to));
  }

  /** @throws wrongStage, notAllowed, rateLimited, teaNotFound, badRequest, storageUnavailable */
  async setTimer(leader: Participant, change: RequestData<'setTimer'>): Promise<TastingStep> {
    assertLeads(leader);
    this.#stepping.take(leader);
    const askedAt = nodeTimeMs();
    return this.#updateStep((step) => withTimer(step, change, askedAt));
  }

  close(): void {
    this.notes.close();
    this.#onClosed();
  }

  async #updateStep(change: (step: StepState) => StepState): Promise<TastingStep> {
    const { value, revision } = await this.#records.step.update(change);
    return { revision, ...value };
  }
  /** Whichever node sees it first; the others find it done. */
  #endStepOfGoneTea(): void {
    const isGone = () =>
      withoutGoneTea(this.#records.step.value, this.#records.guide.value) !== this.#records.step.value;
    // Both may have changed, and this is the first of them.
    queueMicrotask(() => {
      if (!isGone()) return;
      // A guide that another node wrote may come after a step that goes to one of its teas. The store says what failed; the next change tries again.
      this.#records
        .look()
        .then(() => this.#records.step.update((step) => withoutGoneTea(step, this.#records.guide.value)))
        .catch(() => {});
    });
  }
}

/** @throws wrongStage, notAllowed */
function assertLeads(leader: Participant): void {
  if (!leader.joined) throw new ChaxiError('wrongStage');
  if (!leader.grants.lead) throw new ChaxiError('notAllowed');
}
