import { css, html } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { icons, type IconName } from '../design/icons.ts';

/** An icon beside words, or in a button that has a label of its own: silent for screen readers. */
export function icon(name: IconName) {
  return html`<span class="icon" aria-hidden="true">${unsafeHTML(icons[name])}</span>`;
}

export const iconStyles = css`
  .icon {
    display: inline-flex;
    flex: none;
  }
  .icon svg {
    width: 1.375rem;
    height: 1.375rem;
    stroke-width: 1.75;
  }
  .icon.small svg,
  .small-icon svg {
    width: 1rem;
    height: 1rem;
  }
`;
