import { css, html } from 'lit';
import { SessionElement } from '../components/SessionElement.ts';
import { timerFace } from './timerFace.ts';

const RADIUS = 15;
const LENGTH = 2 * Math.PI * RADIUS;

/**
 * The timer of the infusion: a ring that fills and what is left beside it. While it runs it is written with each frame into a box of
 * fixed size, so that nothing around it is laid out anew.
 */
export class StepTimer extends SessionElement {
  static override styles = [
    ...[SessionElement.styles].flat(),
    css`
      :host {
        display: inline-flex;
        align-items: center;
        gap: var(--cx-space-2);
      }
      svg {
        display: var(--ring, block);
        flex: none;
        width: 36px;
        height: 36px;
        rotate: -90deg;
      }
      circle {
        fill: none;
        stroke: var(--cx-line);
        stroke-width: 4;
      }
      .passed {
        stroke: var(--cx-text);
        stroke-dasharray: ${LENGTH};
      }
      .time {
        display: grid;
        place-items: center start;
        width: 3.3em;
        height: 1.5em;
        contain: strict;
        font-size: var(--cx-size-lead);
        line-height: 1.5;
        font-variant-numeric: tabular-nums;
      }
      :host([over]) .passed {
        fill: var(--cx-text);
      }
      :host([over]) .time {
        font-weight: 600;
      }
      :host([standing]) .passed {
        stroke: var(--cx-control-line);
      }
    `,
  ];

  #frame = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#run();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#frame);
  }

  protected override updated(): void {
    this.#run();
  }

  protected override render() {
    return html`<svg viewBox="0 0 36 36" aria-hidden="true">
        <circle cx="18" cy="18" r=${RADIUS}></circle>
        <circle class="passed" cx="18" cy="18" r=${RADIUS} stroke-dashoffset=${LENGTH}></circle>
      </svg>
      <span class="time" role="timer"><span></span></span>`;
  }

  /** Writes the face now, and again with each frame while it runs. */
  #run(): void {
    cancelAnimationFrame(this.#frame);
    const { timer } = this.session.guide;
    const passed = this.renderRoot.querySelector('.passed');
    const time = this.renderRoot.querySelector('.time > span');
    if (!timer || !passed || !time) return;
    const { text, isOver, share } = timerFace(timer);
    if (time.textContent !== text) {
      const { left, over } = this.session.t.guide.step;
      time.textContent = text;
      time.parentElement!.ariaLabel = isOver ? over : left;
    }
    this.toggleAttribute('over', isOver);
    this.toggleAttribute('standing', !timer.running);
    // In steps that one can see: a thousandth of the ring is less than a pixel.
    const offset = (LENGTH * (1 - share)).toFixed(1);
    if (passed.getAttribute('stroke-dashoffset') !== offset) passed.setAttribute('stroke-dashoffset', offset);
    if (timer.running) this.#frame = requestAnimationFrame(() => this.#run());
  }
}
customElements.define('cx-step-timer', StepTimer);
