import { css } from 'lit';

/** A dialog that is a card over the room. */
export const cardDialog = css`
  dialog {
    width: min(30rem, 100vw - 16px);
    max-height: min(46rem, 100vh - 16px);
    padding: 0;
    border: 0;
    border-radius: 12px;
    background: var(--cx-surface);
    color: var(--cx-text);
    box-shadow: var(--cx-shade);
    overflow-y: auto;
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 40%);
  }
  header {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding: var(--cx-space-2) var(--cx-space-2) var(--cx-space-2) var(--cx-space-4);
    background: var(--cx-surface);
  }
  h2 {
    font-size: var(--cx-size-lead);
  }
`;
