import { css, html } from 'lit';
import type { RgbBytes } from '../../../client-sdk/src/color/index.ts';
import { colorRow, describeColor, labText } from '../color/describeColor.ts';
import { CopyController, type CopyState } from './CopyController.ts';
import { icon } from './icon.ts';
import { SessionElement } from './SessionElement.ts';

/** What a picked colour is: a swatch, the word of tea tasting, sRGB and CIE Lab, to read and to copy. */
export class ColorReadout extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    color: { attribute: false },
    settled: { attribute: false },
  };
  static override styles = [
    ...[SessionElement.styles].flat(),
    css`
      :host {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        align-items: center;
        gap: var(--cx-space-1) var(--cx-space-3);
      }
      .swatch {
        grid-row: 1 / 3;
        width: 72px;
        height: 72px;
        border-radius: var(--cx-radius-picture);
      }
      .word {
        grid-column: 2 / 4;
        font-size: var(--cx-size-lead);
        font-weight: 600;
        line-height: 1.3;
      }
      :host(:lang(zh)) .word {
        font-size: 1.375rem;
        font-family: var(--cx-font-display);
      }
      dl {
        display: grid;
        grid-template-columns: max-content 1fr;
        column-gap: var(--cx-space-2);
        font-size: var(--cx-size-small);
        line-height: 1.5;
        white-space: pre;
        font-variant-numeric: tabular-nums;
      }
      dt {
        color: var(--cx-text-soft);
      }
      /* A phone on its side. */
      @container (max-height: 480px) and (min-width: 600px) {
        :host {
          column-gap: var(--cx-space-2);
        }
        .swatch {
          width: 56px;
        }
        .word {
          font-size: var(--cx-size-body);
        }
      }
    `,
  ];

  declare color: RgbBytes;
  /** Not merely passed over: worth saying aloud. */
  declare settled: boolean;
  readonly #copying = new CopyController(this);

  protected override render() {
    const { language, t } = this.session;
    const { state } = this.#copying;
    const description = describeColor(this.color);
    const { hex, lab, word } = description;
    const labels: Record<CopyState, string> = {
      ready: t.picker.copy,
      copied: t.picker.copied,
      failed: t.picker.notCopied,
    };
    const name = word[language];
    return html`<span class="swatch" .style=${`background: ${hex}`}></span>
      <p class="word">${name}</p>
      <dl translate="no">
        <dt>sRGB</dt>
        <dd>${hex.toUpperCase()}</dd>
        <dt>Lab</dt>
        <dd>${labText(lab)}</dd>
      </dl>
      <button
        class="button square"
        aria-label=${labels[state]}
        title=${labels[state]}
        @click=${() => void this.#copying.copy(colorRow(description, name))}
      >
        ${icon(state === 'copied' ? 'check' : 'copy')}
      </button>
      <p class="unseen" role="status">
        ${state === 'ready' ? (this.settled ? t.picker.said(name, hex) : '') : labels[state]}
      </p>`;
  }
}
customElements.define('cx-color-readout', ColorReadout);
