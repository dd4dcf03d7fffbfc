import { css } from 'lit';

/** A button in the caption of a picture: as low as a line of words, and with room for a finger. `compact`: without its word. */
export const captionButton = css`
  :host {
    display: block;
    /* A row of words that the button does not make higher. */
    line-height: 1;
  }
  button {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    height: 28px;
    padding: 0 10px;
    border: 1px solid var(--cx-control-line);
    border-radius: 14px;
    background: none;
    font-size: var(--cx-size-small);
    line-height: 1;
    white-space: nowrap;
    cursor: pointer;
    transition: background-color var(--cx-quick);
  }
  button.compact {
    width: 28px;
    padding: 0;
    justify-content: center;
  }
  @media (hover: hover) {
    button:hover {
      background: var(--cx-surface);
    }
  }
  /* The caption is as high as a line; a finger needs more. */
  @media (pointer: coarse) {
    button {
      position: relative;
      height: 32px;
    }
    button::after {
      content: '';
      position: absolute;
      inset: -6px 0;
    }
  }
`;
