import { css } from 'lit';

/** What every component shares: type, focus, buttons, fields. Colours and sizes come from tokens.ts only. */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host {
    font-family: var(--cx-font);
    font-size: var(--cx-size-body);
    line-height: 1.5;
    color: var(--cx-text);
    -webkit-tap-highlight-color: transparent;
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
  }
  /* Chinese needs more air between lines, strict line breaks, and has no italics. */
  :host(:lang(zh)) {
    line-height: 1.7;
    line-break: strict;
    font-synthesis-style: none;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  h1,
  h2,
  h3,
  p,
  figure,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }
  ul {
    list-style: none;
  }
  h1,
  h2,
  h3 {
    font-weight: 600;
    line-height: 1.3;
    text-wrap: balance;
  }
  button,
  select,
  input,
  textarea {
    font: inherit;
    color: inherit;
    margin: 0;
  }
  :focus-visible {
    outline: 3px solid var(--cx-accent);
    outline-offset: 2px;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--cx-space-2);
    min-height: var(--cx-touch);
    padding: var(--cx-space-2) var(--cx-space-4);
    border: 1px solid var(--cx-control-line);
    border-radius: var(--cx-radius);
    background: transparent;
    line-height: 1.3;
    text-decoration: none;
    color: inherit;
    cursor: pointer;
    transition: background-color var(--cx-quick);
  }
  .button.small {
    min-height: 40px;
    padding: var(--cx-space-1) var(--cx-space-3);
  }
  .button.square {
    width: var(--cx-touch);
    padding: 0;
    border-color: transparent;
  }
  .button:disabled {
    cursor: default;
    opacity: 0.6;
  }
  @media (hover: hover) {
    .button:not(.next, :disabled):hover {
      background: var(--cx-raised);
    }
  }
  /* The one thing to do next. */
  .button.next {
    border-color: transparent;
    background: var(--cx-accent);
    color: var(--cx-on-accent);
    font-weight: 600;
  }
  .field {
    display: grid;
    gap: var(--cx-space-1);
  }
  .field > label {
    font-size: var(--cx-size-small);
    color: var(--cx-text-soft);
  }
  select {
    width: 100%;
    min-height: var(--cx-touch);
    padding: 0 var(--cx-space-3);
    border: 1px solid var(--cx-control-line);
    border-radius: var(--cx-radius);
    background-color: var(--cx-surface);
    text-overflow: ellipsis;
    /* An arrow from two triangles: the browser's own clings to the edge, and an image would be stopped by some pages. */
    appearance: none;
    padding-inline-end: 40px;
    background-image:
      linear-gradient(45deg, transparent 50%, currentColor 50%),
      linear-gradient(-45deg, transparent 50%, currentColor 50%);
    background-size: 6px 6px;
    background-position:
      right 22px center,
      right 16px center;
    background-repeat: no-repeat;
  }
  /* A field to write in. */
  .input {
    width: 100%;
    min-height: var(--cx-touch);
    padding: var(--cx-space-2) var(--cx-space-3);
    border: 1px solid var(--cx-control-line);
    border-radius: var(--cx-radius);
    background: var(--cx-raised);
    line-height: 1.45;
  }
  .input::placeholder {
    color: var(--cx-text-soft);
    opacity: 1;
  }
  textarea.input {
    min-height: 5.5rem;
    resize: vertical;
  }
  /* One or the other. */
  .switch {
    display: flex;
    align-items: center;
    gap: var(--cx-space-2);
    min-height: var(--cx-touch);
  }
  input[type='checkbox'] {
    flex: none;
    width: 20px;
    height: 20px;
    accent-color: var(--cx-accent);
  }
  /* For who hears the page. */
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .soft {
    color: var(--cx-text-soft);
  }
  .small-text {
    font-size: var(--cx-size-small);
  }
`;
