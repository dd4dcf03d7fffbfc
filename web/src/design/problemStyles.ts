import { css } from 'lit';

/** A field that can not stay as it is, and what is to be mended, below it. */
export const problemStyles = css`
  [aria-invalid='true'] {
    border: 2px solid var(--cx-text);
  }
  .problem {
    font-size: var(--cx-size-small);
    font-weight: 600;
  }
`;
