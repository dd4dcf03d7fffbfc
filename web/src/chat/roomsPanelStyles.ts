import { css } from 'lit';

/** Today's rooms at the counter: calm rows, and above them those before which someone waits. */
export const roomsPanelStyles = css`
  :host {
    display: grid;
    grid-template-rows: auto minmax(0, auto) auto;
    align-content: start;
    min-height: 0;
    background: var(--cx-surround);
  }
  header {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: var(--cx-space-3);
    min-height: 64px;
    padding: 18px var(--cx-space-3) var(--cx-space-2);
  }
  h2 {
    font-size: var(--cx-size-lead);
  }
  .scroll {
    overflow-y: auto;
    padding: 0 var(--cx-space-2);
    scrollbar-width: thin;
    scrollbar-color: var(--cx-line) transparent;
  }
  .scroll > ul {
    display: grid;
    gap: var(--cx-space-2);
  }
  .room {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    gap: var(--cx-space-2) var(--cx-space-3);
    min-height: 72px;
    padding: var(--cx-space-2);
  }
  .room .button.small {
    min-height: 44px;
  }
  h3 {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 var(--cx-space-2);
    font-size: var(--cx-size-body);
    overflow-wrap: anywhere;
  }
  .lock {
    font-weight: 400;
  }
  .people {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--cx-space-3);
    overflow-wrap: anywhere;
  }
  .awaited {
    grid-template-columns: minmax(0, 1fr);
    gap: var(--cx-space-2);
    padding: var(--cx-space-3);
    border-radius: var(--cx-radius);
    background: var(--cx-raised);
  }
  .awaited h3 {
    font-size: var(--cx-size-small);
    font-weight: 400;
    color: var(--cx-text-soft);
  }
  .waiting li {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 0 var(--cx-space-3);
  }
  .who {
    min-width: 0;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .waiting li:first-child .who {
    font-size: 1.375rem;
  }
  .since {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .awaited .button {
    width: 100%;
    margin-block-start: var(--cx-space-1);
  }
  .quiet {
    display: grid;
    gap: var(--cx-space-1);
    padding: var(--cx-space-2);
  }
  .notice {
    display: flex;
    gap: var(--cx-space-2);
    margin: 0 0 var(--cx-space-2);
    padding: var(--cx-space-2) var(--cx-space-3);
    border-radius: var(--cx-radius);
    background: var(--cx-surface);
  }
  .notice a {
    color: inherit;
    font-weight: 600;
  }
  footer {
    padding: var(--cx-space-2) var(--cx-space-2) max(var(--cx-space-2), env(safe-area-inset-bottom));
  }
  .open {
    width: 100%;
  }
  form {
    display: grid;
    gap: var(--cx-space-3);
    padding: var(--cx-space-3);
    border-radius: var(--cx-radius);
    background: var(--cx-surface);
  }
  .switch {
    align-items: start;
    cursor: pointer;
  }
  .switch input {
    margin-block-start: 3px;
  }
  .hint {
    display: block;
  }
  .choices {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--cx-space-2);
  }
  .choices .button {
    padding-inline: var(--cx-space-2);
  }
  /* Where it is one of two tabs, the tab says what it is. */
  @container (max-width: 1100px) {
    header {
      display: none;
    }
  }
`;
