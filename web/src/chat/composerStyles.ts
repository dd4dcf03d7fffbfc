import { css } from 'lit';

export const composerStyles = css`
  :host {
    display: grid;
    position: relative;
    gap: var(--cx-space-2);
  }
  .row {
    display: flex;
    align-items: flex-end;
    gap: 4px;
  }
  .row .button {
    flex: none;
  }
  .attach {
    position: relative;
    overflow: hidden;
  }
  .attach input {
    position: absolute;
    inset: 0;
    opacity: 0;
    cursor: pointer;
  }
  .attach input::file-selector-button {
    cursor: pointer;
  }
  .attach:focus-within {
    outline: 3px solid var(--cx-accent);
    outline-offset: -3px;
  }
  textarea {
    flex: 1;
    min-width: 0;
    min-height: var(--cx-touch);
    max-height: 9.5rem;
    margin: 0;
    padding: 11px 14px;
    border: 1px solid var(--cx-control-line);
    border-radius: 24px;
    background: var(--cx-raised);
    font: inherit;
    line-height: 1.5;
    color: inherit;
    resize: none;
    scrollbar-width: thin;
  }
  textarea::placeholder {
    color: var(--cx-text-soft);
    opacity: 1;
  }
  textarea:focus-visible {
    outline-offset: -1px;
  }
  .send {
    border-radius: 50%;
  }
  .about {
    display: flex;
    align-items: center;
    gap: var(--cx-space-2);
    padding-inline-start: 12px;
    border-inline-start: 3px solid var(--cx-control-line);
    font-size: var(--cx-size-small);
    line-height: 1.5;
  }
  .about p {
    flex: 1;
    display: grid;
    min-width: 0;
  }
  .about .who {
    font-weight: 600;
  }
  .about .what {
    color: var(--cx-text-soft);
  }
  .about span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .about .button {
    width: 44px;
    min-height: 44px;
  }
  .names {
    position: absolute;
    inset: auto 0 calc(100% + 4px);
    z-index: 1;
    padding: var(--cx-space-1);
    border-radius: 12px;
    background: var(--cx-surface);
    box-shadow: var(--cx-shade);
  }
  .names li {
    display: flex;
    align-items: center;
    min-height: 44px;
    padding: 0 12px;
    border-radius: var(--cx-radius);
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  .names [aria-selected='true'] {
    background: var(--cx-raised);
  }
`;
