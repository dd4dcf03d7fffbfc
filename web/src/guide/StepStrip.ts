import { css, html, nothing } from 'lit';
import type { TimerState } from '../../../client-sdk/src/index.ts';
import { icon } from '../components/icon.ts';
import { SessionElement } from '../components/SessionElement.ts';
import type { IconName } from '../design/icons.ts';
import type { StepPlan } from './planSteps.ts';
import { infusionWords, StepSpeaker } from './StepSpeaker.ts';
import './StepTimer.ts';

/** Beside the cup, on everyone's page: which tea, which infusion, and how long it still draws. Whoever leads goes on from here. */
export class StepStrip extends SessionElement {
  static override properties = { ...SessionElement.properties, said: { state: true } };
  static override styles = [
    ...[SessionElement.styles].flat(),
    css`
      :host {
        display: block;
      }
      .strip {
        display: flex;
        align-items: center;
        gap: var(--cx-space-1) var(--cx-space-3);
        min-height: 56px;
        margin: var(--cx-space-3) var(--cx-space-3) 0;
        padding: 4px 4px 4px var(--cx-space-3);
        border-radius: var(--cx-radius);
        background: var(--cx-surface);
      }
      .what {
        flex: 1 1 0;
        min-width: 0;
        line-height: 1.35;
      }
      .tea,
      .infusion {
        display: block;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .tea {
        font-family: var(--cx-font-display);
        font-size: 1.1875rem;
      }
      cx-step-timer {
        flex: none;
        padding-inline-end: var(--cx-space-2);
      }
      .lead {
        display: flex;
        flex: none;
        gap: var(--cx-space-1);
      }
      .lead .button {
        min-height: 44px;
        padding: var(--cx-space-1) 14px;
        white-space: nowrap;
      }
      .lead .button.square {
        width: 44px;
        padding: 0;
      }
      /* Less wide, the buttons stand without their words, on a phone the likely one too. */
      @container (max-width: 900px) {
        .lead .button:not(.next) {
          width: 44px;
          padding: 0;
        }
        .lead .button:not(.next) .word {
          display: none;
        }
      }
      @container (max-width: 700px) {
        .strip {
          gap: var(--cx-space-2);
          margin: var(--cx-space-2) var(--cx-space-2) 0;
          padding-inline-start: 12px;
        }
        .lead .button {
          width: 44px;
          padding: 0;
        }
        .lead .button .word {
          display: none;
        }
        .lead .button.begin {
          width: auto;
          padding: var(--cx-space-1) 14px;
        }
        :host([leads]) cx-step-timer {
          --ring: none;
        }
      }
    `,
  ];

  /** The last thing that who hears the page was told. */
  declare said: string;
  readonly #speaker = new StepSpeaker();
  #end: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.said = '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#end);
  }

  protected override updated(): void {
    this.toggleAttribute('leads', this.session.guide.mayLead);
    this.#speak();
  }

  protected override render() {
    const { guide, t } = this.session;
    const { plan, timer } = guide;
    const mayBegin = guide.mayLead && (guide.current?.teas.length ?? 0) > 0;
    return html`${plan ? this.#strip(plan, timer) : mayBegin ? this.#beginning() : nothing}
      <p class="unseen" role="status" aria-label=${t.guide.step.label}>${this.said}</p>`;
  }

  #strip(plan: StepPlan, timer: TimerState | null) {
    const { guide, t } = this.session;
    return html`<div class="strip">
      <p class="what">
        <span class="tea">${plan.tea.name}</span>
        <span class="infusion small-text soft">${infusionWords(plan, t.guide)}</span>
      </p>
      ${timer ? html`<cx-step-timer .session=${this.session}></cx-step-timer>` : nothing}
      ${guide.mayLead ? this.#lead(plan, timer) : nothing}
    </div>`;
  }

  #beginning() {
    const { guide, t } = this.session;
    const [first] = guide.current!.teas;
    return html`<div class="strip">
      <p class="what">
        <span class="tea">${guide.current!.title}</span>
        <span class="infusion small-text soft">${first!.name}</span>
      </p>
      <div class="lead">
        <button class="button next begin" @click=${() => void guide.goTo(first!.teaId)}>${t.guide.step.begin}</button>
      </div>
    </div>`;
  }

  /** One button is the likely next thing; the others stand beside it without words where there is no room. */
  #lead(plan: StepPlan, timer: TimerState | null) {
    const { guide, t } = this.session;
    const words = t.guide.step;
    const { tea, nextInfusion, nextTea, likely } = plan;
    const isOver = timer !== null && timer.remainingMs <= 0;
    const isFresh = timer !== null && !timer.running && timer.elapsedMs === 0;
    const done = timer === null || isOver;
    return html`<div class="lead">
      ${
        timer && !timer.running && timer.elapsedMs > 0
          ? this.#button('again', words.again, () => guide.resetTimer(), false)
          : nothing
      }
      ${
        timer
          ? timer.running
            ? this.#button('pause', words.hold, () => guide.holdTimer(), false)
            : this.#button('play', words.start, () => guide.startTimer(), isFresh)
          : nothing
      }
      ${
        nextInfusion === null
          ? nothing
          : this.#button(
              'pour',
              words.nextInfusion,
              () => guide.goTo(tea.teaId, nextInfusion),
              done && likely === 'infusion',
            )
      }
      ${
        nextTea
          ? this.#button('nextTea', words.nextTea, () => guide.goTo(nextTea.teaId), done && likely === 'tea')
          : this.#button('check', words.end, () => guide.goTo(null), done && likely === 'end')
      }
    </div>`;
  }

  #button(name: IconName, label: string, act: () => Promise<void>, isNext: boolean) {
    return html`<button
      class="button ${isNext ? 'next' : ''}"
      aria-label=${label}
      title=${label}
      @click=${() => void act()}
    >
      ${icon(name)}<span class="word">${label}</span>
    </button>`;
  }

  /** Says what is new, and comes back at the end of the time. */
  #speak(): void {
    clearTimeout(this.#end);
    const { guide, t } = this.session;
    const { plan, timer } = guide;
    this.said = this.#speaker.hear({ plan, timer }, t.guide) ?? this.said;
    if (!timer?.running || timer.remainingMs <= 0) return;
    this.#end = setTimeout(() => this.requestUpdate(), timer.remainingMs);
  }
}
customElements.define('cx-step-strip', StepStrip);
