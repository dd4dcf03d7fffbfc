import { css } from 'lit';

/** A dialog as large as the window. */
export const windowDialog = css`
  dialog {
    width: 100%;
    height: 100%;
    max-width: none;
    max-height: none;
    margin: 0;
    padding: 0;
    border: 0;
    background: var(--cx-surround);
    color: var(--cx-text);
  }
`;
