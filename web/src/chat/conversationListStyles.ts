import { css } from 'lit';

/** The counter's list of conversations, and the search above it. */
export const conversationListStyles = css`
  :host {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    min-height: 0;
  }
  .search {
    position: relative;
    margin: 0 var(--cx-space-3) var(--cx-space-2);
  }
  .search > .icon {
    position: absolute;
    inset: 0 auto 0 14px;
    display: grid;
    place-items: center;
    color: var(--cx-text-soft);
    pointer-events: none;
  }
  .search svg {
    width: 1.125rem;
    height: 1.125rem;
  }
  input {
    width: 100%;
    min-height: var(--cx-touch);
    padding: 0 48px 0 42px;
    border: 1px solid var(--cx-control-line);
    border-radius: 24px;
    background: var(--cx-raised);
  }
  input::placeholder {
    color: var(--cx-text-soft);
    opacity: 1;
  }
  input::-webkit-search-cancel-button {
    display: none;
  }
  .search .button {
    position: absolute;
    inset: 0 0 auto auto;
  }
  .scroll {
    overflow-y: auto;
    padding: 0 var(--cx-space-2) max(var(--cx-space-2), env(safe-area-inset-bottom));
    scrollbar-width: thin;
    scrollbar-color: var(--cx-line) transparent;
  }
  h2 {
    padding: var(--cx-space-3) var(--cx-space-2) var(--cx-space-1);
    font-size: var(--cx-size-small);
    font-weight: 400;
    color: var(--cx-text-soft);
  }
  .conversation {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    grid-template-rows: auto auto;
    align-items: center;
    gap: 0 12px;
    width: 100%;
    min-height: 72px;
    padding: 10px var(--cx-space-2);
    border: 0;
    border-radius: var(--cx-radius);
    background: none;
    line-height: 1.45;
    text-align: start;
    cursor: pointer;
  }
  .conversation[aria-current='true'] {
    background: var(--cx-surround);
  }
  @media (hover: hover) {
    .conversation:not([aria-current='true']):hover {
      background: var(--cx-raised);
    }
  }
  .face {
    grid-row: 1 / -1;
    display: grid;
    place-items: center;
    width: 44px;
    height: 44px;
    border-radius: 50%;
    background: var(--cx-picture);
    font-size: 1rem;
  }
  .face svg {
    width: 1.25rem;
    height: 1.25rem;
  }
  .title,
  .what {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .what,
  time {
    font-size: var(--cx-size-small);
    color: var(--cx-text-soft);
  }
  time {
    font-variant-numeric: tabular-nums;
  }
  .unread .title {
    font-weight: 600;
  }
  .unread .what {
    color: var(--cx-text);
  }
  .count {
    justify-self: end;
    min-width: 24px;
    padding: 0 7px;
    border-radius: 12px;
    background: var(--cx-inverse);
    color: var(--cx-on-inverse);
    font-size: 0.75rem;
    line-height: 24px;
    text-align: center;
    font-variant-numeric: tabular-nums;
  }
  .empty {
    display: grid;
    gap: var(--cx-space-2);
    padding: var(--cx-space-4) var(--cx-space-2);
  }
  .older {
    width: 100%;
    margin-block-start: var(--cx-space-2);
  }
`;
