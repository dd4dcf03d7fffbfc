import { css } from 'lit';

/** Pages with few words: preview, lobby, left, start. One column on a phone; calm and centred on a desktop. */
export const pageLayout = css`
  :host {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    height: 100%;
    overflow-y: auto;
    background: var(--cx-surround);
  }
  .top {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--cx-space-3);
    padding: var(--cx-space-2) var(--cx-space-4);
    padding-block-start: max(var(--cx-space-2), env(safe-area-inset-top));
  }
  .brand {
    font-family: var(--cx-font-display);
    font-size: 1.25rem;
    letter-spacing: 0.12em;
  }
  h1 {
    font-size: var(--cx-size-title);
    overflow-wrap: anywhere;
  }
  h1:focus {
    outline: none;
  }
  .lead {
    font-size: var(--cx-size-lead);
  }
  .words {
    display: grid;
    align-content: center;
    justify-items: center;
    gap: var(--cx-space-3);
    width: min(100%, 34rem);
    margin: 0 auto;
    padding: var(--cx-space-4) var(--cx-space-4) 12cqh;
    text-align: center;
  }
  .words .button {
    min-width: 12rem;
    margin-block-start: var(--cx-space-2);
  }
  @container (max-width: 700px) {
    .top {
      padding-inline: var(--cx-space-3) var(--cx-space-1);
    }
  }
`;

/** A page that is the whole document and may be longer than the window. */
export const wholePage = css`
  :host {
    min-height: 100vh;
    min-height: 100dvh;
    height: auto;
    container-type: inline-size;
  }
`;
