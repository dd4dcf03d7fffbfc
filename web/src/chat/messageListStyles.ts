import { css } from 'lit';

/** The frame around the messages: what scrolls, and what stands over it. */
export const messageListStyles = css`
  :host {
    display: block;
    position: relative;
    min-height: 0;
    container-type: inline-size;
  }
  .scroll {
    position: absolute;
    inset: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    overflow-anchor: none;
    padding: 0 var(--cx-space-2) var(--cx-space-2);
    scrollbar-width: thin;
    scrollbar-color: var(--cx-line) transparent;
  }
  .scroll:focus-visible {
    outline-offset: -3px;
  }
  /* Few messages stand at the lower edge, where one writes. */
  .content {
    min-height: 100%;
    display: grid;
    align-content: end;
  }
  .empty {
    position: absolute;
    inset: 0;
    display: grid;
    align-content: center;
    justify-items: center;
    gap: var(--cx-space-1);
    padding: var(--cx-space-4);
    text-align: center;
    text-wrap: balance;
  }
  .empty p:first-child {
    font-size: var(--cx-size-lead);
  }
  .loading {
    padding: var(--cx-space-3);
    text-align: center;
  }
  .latest {
    position: absolute;
    inset: auto var(--cx-space-3) var(--cx-space-2) auto;
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-width: 44px;
    height: 44px;
    justify-content: center;
    padding: 0 14px;
    border: 0;
    border-radius: 22px;
    background: var(--cx-inverse);
    color: var(--cx-on-inverse);
    font-size: var(--cx-size-small);
    box-shadow: var(--cx-shade);
    cursor: pointer;
  }
  .latest.bare {
    padding: 0;
  }
  .heard {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
`;
