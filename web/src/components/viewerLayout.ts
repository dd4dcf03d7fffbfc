import { css } from 'lit';

/**
 * The viewer of a still: the picture takes all the room there is. On a wide screen words and colours stand beside it, on a
 * narrow one above and below.
 */
export const viewerLayout = css`
  dialog {
    overflow: hidden;
    /* It covers the window, however small the room is in its page. */
    container-type: size;
  }
  .layout {
    display: grid;
    height: 100%;
    grid-template:
      'picture head' auto
      'picture colors' minmax(0, 1fr)
      'picture actions' auto
      'tools actions' auto / minmax(0, 1fr) 320px;
  }
  header {
    grid-area: head;
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: start;
    gap: var(--cx-space-2);
    padding: var(--cx-space-3) var(--cx-space-3) var(--cx-space-3) var(--cx-space-4);
    padding-block-start: max(var(--cx-space-3), env(safe-area-inset-top));
  }
  h2 {
    padding-block: 11px;
    font-size: var(--cx-size-lead);
    overflow-wrap: anywhere;
  }
  .facts {
    grid-column: 1 / -1;
    display: grid;
    gap: 2px;
    line-height: 1.5;
    font-variant-numeric: tabular-nums;
  }
  cx-still-picture {
    grid-area: picture;
    margin: var(--cx-space-3) 0 0 var(--cx-space-3);
    border-radius: var(--cx-radius-picture);
  }
  /* What lies under a modal dialog can be neither seen nor heard. */
  cx-notices {
    position: absolute;
    inset: var(--cx-space-3) 352px auto var(--cx-space-3);
    pointer-events: none;
  }
  cx-knock {
    position: absolute;
    inset: auto auto var(--cx-space-3) var(--cx-space-3);
  }
  .tools {
    grid-area: tools;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: var(--cx-space-1);
    padding: var(--cx-space-2) var(--cx-space-3);
    padding-block-end: max(var(--cx-space-2), env(safe-area-inset-bottom));
  }
  .scale {
    min-width: 4.5em;
    text-align: center;
    font-variant-numeric: tabular-nums;
  }
  .pick {
    margin-inline: var(--cx-space-2);
  }
  .pick[aria-pressed='true'] {
    border-color: transparent;
    background: var(--cx-inverse);
    color: var(--cx-on-inverse);
  }
  .tools .button:disabled {
    opacity: 0.35;
  }
  .colors {
    grid-area: colors;
    align-content: start;
    display: grid;
    gap: var(--cx-space-3);
    padding: var(--cx-space-2) var(--cx-space-3) var(--cx-space-3) var(--cx-space-4);
    overflow-y: auto;
  }
  fieldset {
    display: flex;
    align-items: center;
    gap: var(--cx-space-1) var(--cx-space-3);
    flex-wrap: wrap;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    float: inline-start;
    padding: 0;
    margin-inline-end: var(--cx-space-1);
  }
  fieldset label {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 32px;
  }
  input[type='radio'] {
    width: 18px;
    height: 18px;
    accent-color: var(--cx-accent);
  }
  .actions {
    grid-area: actions;
    display: grid;
    gap: var(--cx-space-2);
    align-content: end;
    padding: var(--cx-space-2) var(--cx-space-3) var(--cx-space-3) var(--cx-space-4);
    padding-block-end: max(var(--cx-space-3), env(safe-area-inset-bottom));
  }
  .actions .button {
    padding-inline: var(--cx-space-2);
  }
  .actions .icon svg {
    width: 1.125rem;
    height: 1.125rem;
  }

  @container (max-width: 700px) {
    .layout {
      grid-template:
        'head' auto
        'picture' minmax(0, 1fr)
        'colors' auto
        'tools' auto
        'actions' auto / minmax(0, 1fr);
    }
    header {
      padding: var(--cx-space-2) var(--cx-space-2) var(--cx-space-2) var(--cx-space-3);
      padding-block-start: max(var(--cx-space-2), env(safe-area-inset-top));
      row-gap: 0;
    }
    .facts {
      display: flex;
      flex-wrap: wrap;
      column-gap: var(--cx-space-3);
    }
    cx-notices,
    cx-knock {
      inset: 112px var(--cx-space-3) auto;
    }
    cx-still-picture {
      margin: 0;
      border-radius: 0;
    }
    .tools {
      justify-content: space-evenly;
      gap: 0;
      padding: var(--cx-space-1);
    }
    .tools .square {
      width: 44px;
    }
    .scale {
      min-width: 3.2em;
    }
    .pick {
      margin-inline: 0;
      padding-inline: var(--cx-space-2);
    }
    .colors {
      padding: var(--cx-space-3) var(--cx-space-3) 0;
      gap: var(--cx-space-1);
    }
    .hint {
      display: none;
    }
    .actions {
      grid-auto-flow: column;
      grid-auto-columns: minmax(0, 1fr);
      padding: 0 var(--cx-space-3) max(var(--cx-space-2), env(safe-area-inset-bottom));
    }
    .actions.question {
      grid-template-columns: 1fr 1fr;
      grid-auto-flow: row;
    }
    .question p {
      grid-column: 1 / -1;
    }
  }

  /* A phone on its side. */
  @container (max-height: 480px) and (min-width: 600px) {
    .layout {
      grid-template-columns: minmax(0, 1fr) 288px;
    }
    cx-notices {
      inset-inline-end: 320px;
    }
    header {
      padding-block: var(--cx-space-1);
    }
    header,
    .colors,
    .actions {
      padding-inline-start: var(--cx-space-3);
    }
    h2 {
      font-size: var(--cx-size-body);
    }
    cx-still-picture {
      margin-block-start: var(--cx-space-2);
    }
    .hint,
    .facts span:nth-of-type(n + 2) {
      display: none;
    }
    legend,
    .actions .text {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .actions {
      grid-auto-flow: column;
      grid-auto-columns: minmax(0, 1fr);
      padding-block-end: var(--cx-space-2);
    }
    .actions.question {
      grid-template-columns: 1fr;
      grid-auto-flow: row;
    }
    .colors {
      padding-block: 0;
      gap: var(--cx-space-1);
    }
  }
`;
