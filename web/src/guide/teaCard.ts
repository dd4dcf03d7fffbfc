import { css, html, nothing } from 'lit';
import type { Tea } from '../../../client-sdk/src/index.ts';
import type { Language } from '../i18n/languages.ts';
import { languages } from '../i18n/languages.ts';
import type { GuideMessages } from '../i18n/guideMessages.ts';
import { markSeconds } from './infusionTime.ts';

export interface TeaCardOptions {
  tea: Tea;
  words: GuideMessages;
  language: Language;
  /** Index of the infusion that is made now. */
  infusion?: number | null;
  /** Goes to an infusion; given to who leads. */
  goTo?: (infusion: number) => void;
}

/** Everything that the guide says of a tea but its name: its measures large, like on the card beside a cup. */
export function teaCard({ tea, words, language, infusion = null, goTo }: TeaCardOptions) {
  const { leafGrams, waterCelsius, vessel, vesselMl, infusionSeconds, flavours, notes } = tea;
  const grams = leafGrams === null ? null : words.grams(leafGrams.toLocaleString(languages[language]));
  const celsius = waterCelsius === null ? null : words.celsius(waterCelsius);
  const millilitres = vesselMl === null ? null : words.millilitres(vesselMl);
  const measures = [
    measure(words.leaf, grams),
    measure(words.water, celsius),
    measure(words.vessel, [vessel, millilitres].filter(Boolean).join(' ')),
  ].filter((part) => part !== null);
  return html`<div class="tea-card">
    ${
      measures.length === 0
        ? nothing
        : html`<dl class="measures">
            ${measures.map(
              ({ label, value }) =>
                html`<div>
                  <dt>${label}</dt>
                  <dd>${value}</dd>
                </div>`,
            )}
          </dl>`
    }
    ${infusionSeconds.length === 0 ? nothing : infusions(infusionSeconds, { words, infusion, goTo })}
    ${flavours.length === 0 ? nothing : html`<p class="flavours">${flavours.join(words.separator)}</p>`}
    ${notes === '' ? nothing : html`<p class="tea-notes">${notes}</p>`}
  </div>`;
}

/** Where it grew and when it was picked, in one line; empty where nobody said. */
export function teaOrigin({ origin, harvest }: Tea, { separator }: GuideMessages): string {
  return [origin, harvest].filter((part) => part !== '').join(separator);
}

function measure(label: string, value: string | null): { label: string; value: string } | null {
  return value ? { label, value } : null;
}

function infusions(
  seconds: readonly number[],
  { words, infusion, goTo }: Pick<TeaCardOptions, 'words' | 'infusion' | 'goTo'>,
) {
  return html`<div class="infusions">
    <p class="label" aria-hidden="true">${words.infusions}</p>
    <ol aria-label=${words.infusions}>
      ${seconds.map((value, index) => {
        const isPresent = index === infusion;
        const said = `${words.infusion(index + 1)}${words.separator}${words.seconds(value)}`;
        return html`<li aria-current=${isPresent ? 'step' : nothing}>
          ${
            goTo && !isPresent
              ? html`<button @click=${() => goTo(index)}>
                  <span aria-hidden="true">${markSeconds(value)}</span
                  ><span class="unseen">${words.step.goTo(said)}</span>
                </button>`
              : html`<span aria-hidden="true">${markSeconds(value)}</span><span class="unseen">${said}</span>`
          }
        </li>`;
      })}
    </ol>
  </div>`;
}

export const teaCardStyles = css`
  .tea-card {
    display: grid;
    gap: var(--cx-space-3);
  }
  .tea-card dt,
  .tea-card .label {
    font-size: var(--cx-size-small);
    line-height: 1.4;
    color: var(--cx-text-soft);
  }
  .measures {
    display: flex;
    flex-wrap: wrap;
    gap: var(--cx-space-2) var(--cx-space-4);
  }
  .measures dd {
    font-size: var(--cx-size-lead);
    line-height: 1.5;
    font-variant-numeric: tabular-nums;
  }
  .infusions ol {
    display: flex;
    flex-wrap: wrap;
    gap: var(--cx-space-1);
    margin: var(--cx-space-1) 0 0;
    padding: 0;
    list-style: none;
  }
  .infusions li,
  .infusions button {
    display: grid;
    place-items: center;
    min-width: 44px;
    min-height: 36px;
    border-radius: 18px;
    font-variant-numeric: tabular-nums;
  }
  .infusions li {
    border: 1px solid var(--cx-line);
  }
  .infusions li > span:first-child {
    padding-inline: 10px;
  }
  .infusions li[aria-current] {
    border-color: transparent;
    background: var(--cx-inverse);
    color: var(--cx-on-inverse);
    font-weight: 600;
  }
  .infusions button {
    position: relative;
    width: 100%;
    padding: 0 10px;
    border: 0;
    background: none;
    cursor: pointer;
  }
  /* The pill is lower than a finger. */
  .infusions button::after {
    content: '';
    position: absolute;
    inset: -5px 0;
  }
  @media (hover: hover) {
    .infusions button:hover {
      background: var(--cx-raised);
    }
  }
  .tea-notes {
    max-width: 38em;
    white-space: pre-line;
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }
`;
