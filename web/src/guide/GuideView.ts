import { css, html, nothing, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Guide, Tea } from '../../../client-sdk/src/index.ts';
import { icon } from '../components/icon.ts';
import { SessionElement } from '../components/SessionElement.ts';
import { placeOf, type TeaPlace } from './planSteps.ts';
import { teaCard, teaCardStyles, teaOrigin } from './teaCard.ts';

/**
 * The tasting guide to read, before the tasting and during it: the teas in order, the one on the table open. Whoever leads puts
 * a tea on the table from here. Shows nothing where there is no guide.
 */
export class GuideView extends SessionElement {
  static override properties = { ...SessionElement.properties, open: { state: true }, level: { type: Number } };
  static override styles = [
    ...[SessionElement.styles].flat(),
    teaCardStyles,
    css`
      :host {
        display: block;
      }
      h2,
      h3 {
        font-family: var(--cx-font-display);
        font-weight: 500;
        font-size: 1.375rem;
        overflow-wrap: anywhere;
      }
      .count {
        margin-block-end: var(--cx-space-2);
      }
      .teas {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .tea {
        display: grid;
        grid-template-columns: 2.25rem minmax(0, 1fr);
        border-block-start: 1px solid var(--cx-line);
      }
      .ordinal {
        padding-block-start: 14px;
        font-family: var(--cx-font-display);
        font-size: var(--cx-size-lead);
        line-height: 1.5;
        color: var(--cx-text-soft);
      }
      .head {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        align-items: center;
        gap: 0 var(--cx-space-2);
        width: 100%;
        min-height: 60px;
        padding: var(--cx-space-2) 0;
        border: 0;
        background: none;
        text-align: start;
        cursor: pointer;
      }
      .name {
        font-size: var(--cx-size-lead);
        line-height: 1.4;
        overflow-wrap: anywhere;
      }
      .about {
        grid-column: 1;
        line-height: 1.5;
      }
      .head .icon {
        grid-area: 1 / 2 / span 2;
        color: var(--cx-text-soft);
        transition: rotate var(--cx-quick);
      }
      .head[aria-expanded='true'] .icon {
        rotate: 90deg;
      }
      .place {
        margin-inline-start: var(--cx-space-2);
        padding: 1px 8px;
        border: 1px solid var(--cx-control-line);
        border-radius: 10px;
        font-family: var(--cx-font);
        font-size: 0.75rem;
        line-height: 1.5;
        white-space: nowrap;
        vertical-align: 2px;
      }
      [data-place='present'] .place {
        border-color: transparent;
        background: var(--cx-inverse);
        color: var(--cx-on-inverse);
      }
      [data-place='present'] .name {
        font-family: var(--cx-font-display);
        font-size: 1.375rem;
      }
      [data-place='past'] .name {
        color: var(--cx-text-soft);
      }
      .body {
        grid-column: 2;
        display: grid;
        justify-items: start;
        gap: var(--cx-space-3);
        padding-block: var(--cx-space-1) var(--cx-space-4);
      }
    `,
  ];

  /** Teas that were opened or closed by hand; the one on the table is open without. */
  declare open: ReadonlyMap<string, boolean>;
  /** Of its heading. */
  declare level: 2 | 3;
  #present: string | null = null;

  constructor() {
    super();
    this.open = new Map();
    this.level = 3;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    // What was opened to compare closes when the tasting goes on, so that the present tea is what one sees.
    const present = this.session.guide.step?.teaId ?? null;
    if (present !== this.#present) this.open = new Map();
    this.#present = present;
  }

  protected override render() {
    const { guide, t } = this.session;
    const { current } = guide;
    if (!current) return nothing;
    const title = this.level === 2 ? html`<h2>${current.title}</h2>` : html`<h3>${current.title}</h3>`;
    return html`${title}
      <p class="count small-text soft">${t.guide.count(current.teas.length)}</p>
      <ol class="teas">
        ${repeat(
          current.teas,
          ({ teaId }) => teaId,
          (tea, index) => this.#tea(tea, index, current),
        )}
      </ol>`;
  }

  #tea(tea: Tea, index: number, current: Guide) {
    const { guide, t } = this.session;
    const words = t.guide;
    const place = placeOf(current, guide.step, tea.teaId);
    const isOpen = this.open.get(tea.teaId) ?? place === 'present';
    const origin = teaOrigin(tea, words);
    return html`<li class="tea" data-place=${place}>
      <span class="ordinal" aria-hidden="true">${words.ordinal(index + 1)}</span>
      <div>
        <button class="head" aria-expanded=${isOpen} @click=${() => this.#toggle(tea.teaId, !isOpen)}>
          <span class="name">${tea.name} ${this.#placeMark(place)}</span>
          ${origin === '' ? nothing : html`<span class="about small-text soft">${origin}</span>`} ${icon('forward')}
        </button>
        ${isOpen ? this.#body(tea, place) : nothing}
      </div>
    </li>`;
  }

  #placeMark(place: TeaPlace) {
    return place === 'later' ? nothing : html`<span class="place">${this.session.t.guide.places[place]}</span>`;
  }

  #body(tea: Tea, place: TeaPlace) {
    const { guide, t, language } = this.session;
    const leads = guide.mayLead;
    return html`<div class="body">
      ${teaCard({
        tea,
        words: t.guide,
        language,
        infusion: place === 'present' ? guide.step?.infusion : null,
        goTo: leads ? (infusion) => void guide.goTo(tea.teaId, infusion) : undefined,
      })}
      ${
        leads && place !== 'present'
          ? html`<button class="button small" @click=${() => void guide.goTo(tea.teaId)}>
              ${t.guide.step.onTable}
            </button>`
          : nothing
      }
    </div>`;
  }

  #toggle(teaId: string, isOpen: boolean): void {
    this.open = new Map(this.open).set(teaId, isOpen);
  }
}
customElements.define('cx-guide-view', GuideView);
