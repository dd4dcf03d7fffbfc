import { css, html, nothing } from 'lit';
import { noteAspects, type NoteAspect, type NotesSummary } from '../../../client-sdk/src/index.ts';
import { SessionElement } from '../components/SessionElement.ts';
import { toStyle } from '../components/toStyle.ts';
import { formatScore, scoreBar } from './scores.ts';

type TeaSummary = NotesSummary['teas'][number];

/** For who leads, while it happens: how far everyone is with a tea, and the shared scores as six bars that need no colour. */
export class NotesSummaryView extends SessionElement {
  static override properties = { ...SessionElement.properties, teaId: {} };
  static override styles = [
    ...[SessionElement.styles].flat(),
    css`
      :host {
        display: grid;
        gap: var(--cx-space-3);
      }
      dl {
        display: grid;
        gap: var(--cx-space-2);
      }
      dl > div {
        display: grid;
        grid-template-columns: 5.5em minmax(0, 1fr) 2.25em;
        align-items: center;
        gap: var(--cx-space-2);
        min-height: 28px;
      }
      .bar {
        position: relative;
        height: 16px;
      }
      .bar::before,
      .range,
      .mean {
        content: '';
        position: absolute;
        inset-block: 0;
        margin-block: auto;
      }
      .bar::before {
        inset-inline: 0;
        height: 1px;
        background: var(--cx-line);
      }
      .range {
        inset-inline-start: var(--start);
        width: var(--length);
        min-width: 6px;
        height: 6px;
        border-radius: 3px;
        background: var(--cx-control-line);
        transition:
          inset-inline-start var(--cx-quick),
          width var(--cx-quick);
      }
      .mean {
        inset-inline-start: var(--mean);
        width: 14px;
        height: 14px;
        margin-inline-start: -7px;
        border-radius: 50%;
        background: var(--cx-text);
        transition: inset-inline-start var(--cx-quick);
      }
      .value {
        text-align: end;
        font-variant-numeric: tabular-nums;
      }
      li {
        display: flex;
        align-items: baseline;
        gap: var(--cx-space-2);
        min-height: 40px;
        padding-block: var(--cx-space-2);
        border-block-start: 1px solid var(--cx-line);
      }
      .name {
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .count {
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  declare teaId: string;

  protected override render() {
    const { notes, t } = this.session;
    const words = t.notes.summary;
    const tea = notes.summary?.teas.find(({ teaId }) => teaId === this.teaId);
    if (!tea || tea.writers.length === 0) return html`<p class="soft">${words.empty}</p>`;
    const hasShared = noteAspects.some((aspect) => tea.aspects[aspect] !== null);
    return html`${
        hasShared
          ? html`<dl>${noteAspects.map((aspect) => this.#aspect(aspect, tea))}</dl>
              <p class="small-text soft">${words.legend}</p>`
          : nothing
      }
      <ul>
        ${tea.writers.map((writer) => this.#writer(writer))}
      </ul>`;
  }

  #aspect(aspect: NoteAspect, tea: TeaSummary) {
    const { t, language } = this.session;
    const words = t.notes;
    const summary = tea.aspects[aspect];
    const name = words.aspects[aspect];
    if (!summary) {
      return html`<div>
        <dt>${name}</dt>
        <dd class="bar"></dd>
        <dd class="value soft">${words.summary.none}</dd>
      </div>`;
    }
    const [mean, min, max] = [summary.mean, summary.min, summary.max].map((score) => formatScore(score, language));
    const bar = scoreBar(summary);
    const style = toStyle({ '--start': `${bar.start}%`, '--length': `${bar.length}%`, '--mean': `${bar.mean}%` });
    return html`<div>
      <dt>${name}</dt>
      <dd class="bar" .style=${style}>
        <span class="range"></span><span class="mean"></span>
        <span class="unseen">${words.summary.said(name, mean!, min!, max!, summary.count)}</span>
      </dd>
      <dd class="value" aria-hidden="true">${mean}</dd>
    </div>`;
  }

  #writer({ name, scored, shared }: TeaSummary['writers'][number]) {
    const { summary: words } = this.session.t.notes;
    return html`<li>
      <span class="name">${name}</span>
      <span class="small-text soft">${shared ? words.shared : words.notShared}</span>
      <span class="count">${words.scored(scored, noteAspects.length)}</span>
    </li>`;
  }
}
customElements.define('cx-notes-summary', NotesSummaryView);
