import { css, html, nothing, type PropertyValues } from 'lit';
import type { CardReading } from '../../../client-sdk/src/color/index.ts';
import { formatTime } from '../i18n/formatTime.ts';
import { differenceLevel } from '../session/differenceLevel.ts';
import { READINGS } from '../session/measuringPolicy.ts';
import './PatchChart.ts';
import { SessionElement } from './SessionElement.ts';

type Page = 'start' | 'measuring' | 'result' | 'applied';

/** From the colours that the camera gives to true ones: measure a card, look at what it brings, apply it. */
export class ColorWizard extends SessionElement {
  static override styles = [
    ...[SessionElement.styles].flat(),
    css`
      :host,
      .page {
        display: grid;
        gap: var(--cx-space-3);
      }
      .page:focus {
        outline: none;
      }
      .hint {
        min-height: 3lh;
      }
      .actions {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr));
        gap: var(--cx-space-2);
      }
      .actions .button {
        padding-inline: var(--cx-space-2);
      }
      .actions .wide {
        grid-column: 1 / -1;
      }
      .progress {
        display: flex;
        gap: 4px;
      }
      .progress span {
        flex: 1;
        height: 4px;
        border-radius: 2px;
        background: var(--cx-line);
      }
      .progress .done {
        background: var(--cx-inverse);
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }
      caption {
        text-align: start;
        font-size: var(--cx-size-small);
        color: var(--cx-text-soft);
      }
      th,
      td {
        padding: var(--cx-space-1) var(--cx-space-2) var(--cx-space-1) 0;
        border-block-end: 1px solid var(--cx-line);
        font-weight: 400;
        text-align: start;
      }
      td:last-child {
        padding-inline-end: 0;
        text-align: end;
        white-space: nowrap;
      }
      .mean {
        font-size: var(--cx-size-lead);
        font-weight: 600;
      }
      a {
        display: block;
        width: fit-content;
        color: inherit;
        text-underline-offset: 3px;
      }
    `,
  ];
  #shown: Page = 'start';

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const page = this.#page;
    if (page === this.#shown) return;
    this.#shown = page;
    // The button that led here is gone: who uses the keyboard goes on from the top of the new page.
    this.renderRoot.querySelector<HTMLElement>('.page')?.focus({ preventScroll: true });
  }

  protected override render() {
    const { t } = this.session;
    const problem = this.#problem();
    return html`<section class="page" tabindex="-1" aria-label=${t.cup.color.title}>${this.#content()}</section>
      ${problem === null ? nothing : html`<p role="alert">${problem}</p>`}`;
  }

  /** Why it did not go on. The general words speak of video calls, which do work. */
  #problem(): string | null {
    const { t, cupColor } = this.session;
    if (cupColor.error === 'browserUnsupported') return t.cup.color.unsupported;
    if (cupColor.error !== null) return t.sentence(t.errors[cupColor.error]);
    const { error } = cupColor.measurement;
    if (error === 'browserUnsupported') return t.cup.color.readerMissing;
    return error && t.sentence(t.errors[error]);
  }

  get #page(): Page {
    const { measurement, applied } = this.session.cupColor;
    if (measurement.running) return 'measuring';
    if (measurement.result) return 'result';
    return applied ? 'applied' : 'start';
  }

  #content() {
    const { result } = this.session.cupColor.measurement;
    switch (this.#page) {
      case 'measuring':
        return this.#measuring();
      case 'result':
        return result && this.#result(result);
      case 'applied':
        return this.#applied();
      case 'start':
        return this.#start();
    }
  }

  #start() {
    const { t, cupColor, serverUrl } = this.session;
    const { color } = t.cup;
    const { offered } = cupColor;
    return html`<p>${offered ? color.offered(this.#time(offered.measuredAt), offered.after.toFixed(1)) : color.none}</p>
      <div class="actions">
        <button class="button next wide" @click=${() => void cupColor.measure()}>${color.measure}</button>
        ${
          offered
            ? html`<button class="button wide" @click=${() => void cupColor.applyOffered()}>${color.useAgain}</button>`
            : nothing
        }
      </div>
      <p class="small-text">
        <a href=${new URL('/card', serverUrl).href} target="_blank">${color.print}</a>
        <span class="soft">${color.otherCard}</span>
      </p>`;
  }

  #measuring() {
    const { t, cupColor } = this.session;
    const { measurement } = cupColor;
    const { measuring: words } = t.cup;
    const { progress, problems } = measurement;
    return html`<p>${words.place}</p>
      <p class="hint" role="status">${this.#hint()}</p>
      <div class="progress" aria-hidden="true">
        ${Array.from({ length: READINGS }, (_, index) => html`<span class=${index < (progress ?? 0) ? 'done' : ''}></span>`)}
      </div>
      <div class="actions">
        <button class="button" @click=${() => void measurement.stop()}>${words.cancel}</button>
        ${
          problems.length > 0
            ? html`<button class="button" @click=${() => measurement.tolerate()}>${words.anyway}</button>`
            : nothing
        }
      </div>`;
  }

  /** The one thing to know now. */
  #hint(): string {
    const { measuring: words } = this.session.t.cup;
    const { progress, problems, outline, longMissed } = this.session.cupColor.measurement;
    const [problem] = problems;
    if (problem) return words.problems[problem];
    if (progress !== null) return words.progress(progress, READINGS);
    if (outline) return words.found;
    return longMissed ? words.longMissed : words.looking;
  }

  #result(reading: CardReading) {
    const { t, cupColor } = this.session;
    const { result: words, measuring } = t.cup;
    return html`${this.#differences(reading)}
      ${reading.problems.map((problem) => html`<p class="small-text">${measuring.problems[problem]}</p>`)}
      ${this.#drifting()}
      <div class="actions">
        <button class="button next wide" @click=${() => void cupColor.apply()}>${words.apply}</button>
        <button class="button" @click=${() => void cupColor.measure()}>${words.again}</button>
        <button class="button" @click=${() => void cupColor.measurement.stop()}>${words.discard}</button>
      </div>
      <cx-patch-chart .reading=${reading} .label=${words.chart(reading.patches.length)}></cx-patch-chart>
      <p class="small-text soft">
        ${words.legend}${reading.card.name === 'chaxi' ? html`${t.gap}${words.printed}` : nothing}
      </p>`;
  }

  #differences({ before, after }: CardReading) {
    const { result: words } = this.session.t.cup;
    const row = (label: string, { mean, max }: CardReading['before']) =>
      html`<tr>
        <th scope="row">${label}</th>
        <td class="mean">${mean.toFixed(1)}</td>
        <td>${words.levels[differenceLevel(mean)]}</td>
        <td class="soft small-text">${words.largest} ${max.toFixed(1)}</td>
      </tr>`;
    return html`<table>
      <caption>
        ${words.title}
      </caption>
      ${row(words.before, before)}${row(words.after, after)}
    </table>`;
  }

  #applied() {
    const { t, cupColor } = this.session;
    const { color } = t.cup;
    const { applied, outdated } = cupColor;
    if (!applied) return nothing;
    const compare = (on: boolean) => () => void cupColor.compare(on);
    const level = t.cup.result.levels[differenceLevel(applied.after)];
    return html`<p>${color.applied(applied.after.toFixed(1), level, this.#time(applied.measuredAt))}</p>
      ${outdated ? html`<p role="status">${color.outdated}</p>` : this.#drifting()}
      <div class="actions">
        <button
          class="button wide"
          @pointerdown=${compare(true)}
          @pointerup=${compare(false)}
          @pointercancel=${compare(false)}
          @pointerleave=${compare(false)}
          @keydown=${(event: KeyboardEvent) => isPress(event) && void cupColor.compare(true)}
          @keyup=${compare(false)}
          @blur=${compare(false)}
        >
          ${color.compare}
        </button>
        <button class="button ${outdated ? 'next' : ''}" @click=${() => void cupColor.measure()}>
          ${color.measureAgain}
        </button>
        <button class="button" @click=${() => void cupColor.remove()}>${color.remove}</button>
      </div>`;
  }

  #drifting() {
    const { t, cupColor } = this.session;
    return cupColor.drifts ? html`<p class="small-text">${t.cup.color.drifts}</p>` : nothing;
  }

  #time(at: number): string {
    return formatTime(at, Date.now(), this.session.language);
  }
}
customElements.define('cx-color-wizard', ColorWizard);

function isPress({ key }: KeyboardEvent): boolean {
  return key === ' ' || key === 'Enter';
}
