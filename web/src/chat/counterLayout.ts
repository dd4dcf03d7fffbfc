import { css } from 'lit';

/** Conversations, the one that is looked at, and today's rooms: beside each other, two at a time, or on a phone one. */
export const counterLayout = css`
  :host {
    display: block;
    height: 100vh;
    height: 100dvh;
    container-type: size;
    background: var(--cx-surround);
  }
  main {
    display: grid;
    grid-template:
      'top open rooms' auto
      'list open rooms' minmax(0, 1fr)
      / minmax(17rem, 24rem) minmax(0, 1fr) minmax(17rem, 19rem);
    height: 100%;
  }
  main > .top {
    grid-area: top;
  }
  .list {
    grid-area: list;
    display: grid;
    min-height: 0;
  }
  .tabs {
    display: none;
    grid-area: tabs;
  }
  cx-rooms {
    grid-area: rooms;
  }
  .top {
    display: flex;
    align-items: center;
    gap: var(--cx-space-2);
    min-height: 64px;
    padding: var(--cx-space-2) var(--cx-space-2) var(--cx-space-2) var(--cx-space-3);
    padding-block-start: max(var(--cx-space-2), env(safe-area-inset-top));
  }
  h1 {
    flex: 1;
    min-width: 0;
    font-family: var(--cx-font-display);
    font-size: 1.375rem;
    font-weight: 500;
    line-height: 1.3;
  }
  .open {
    grid-area: open;
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    min-height: 0;
    min-width: 0;
    background: var(--cx-surface);
  }
  .open .top {
    padding-inline-start: 22px;
  }
  .open .top,
  cx-chat {
    width: min(100%, 56rem);
    margin-inline: auto;
  }
  .nothing {
    grid-row: 1 / -1;
    display: grid;
    align-content: center;
    justify-items: center;
    gap: var(--cx-space-1);
    padding: var(--cx-space-4);
    text-align: center;
  }
  .back {
    display: none;
  }
  /* Too narrow for three beside each other: rooms and conversations share one place. */
  @container (max-width: 1100px) {
    main {
      grid-template:
        'top open' auto
        'tabs open' auto
        'list open' minmax(0, 1fr)
        / minmax(17rem, 24rem) minmax(0, 1fr);
    }
    .tabs {
      display: grid;
      grid-template-columns: 1fr 1fr;
      gap: var(--cx-space-1);
      margin: 0 var(--cx-space-3) var(--cx-space-2);
      padding: var(--cx-space-1);
      border-radius: var(--cx-radius);
      background: var(--cx-surface);
    }
    .tabs .button {
      min-height: 44px;
      padding: 0 var(--cx-space-2);
      border-color: transparent;
    }
    .tabs .button[aria-pressed='true'] {
      background: var(--cx-raised);
      font-weight: 600;
    }
    .count {
      min-width: 22px;
      padding: 1px 6px;
      border-radius: 11px;
      background: var(--cx-accent);
      color: var(--cx-on-accent);
      font-size: var(--cx-size-small);
      font-weight: 400;
      line-height: 20px;
      text-align: center;
    }
    cx-rooms {
      grid-area: list;
    }
    main.conversations cx-rooms,
    main.rooms .list {
      display: none;
    }
  }
  @container (max-width: 760px) {
    main {
      grid-template:
        'top' auto
        'tabs' auto
        'list' minmax(0, 1fr)
        / minmax(0, 1fr);
    }
    main.chosen {
      grid-template: 'open' minmax(0, 1fr) / minmax(0, 1fr);
    }
    main.chosen > :not(.open),
    main:not(.chosen) .open {
      display: none;
    }
    .back {
      display: inline-flex;
    }
    .open .top {
      padding-inline-start: var(--cx-space-1);
    }
  }
`;
