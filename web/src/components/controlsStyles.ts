import { css } from 'lit';

/** The bar of controls, and the menu of those that have no room in it. A switch that is on is filled; nothing here has a colour. */
export const controlsStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto minmax(min-content, 1fr);
    align-items: center;
    gap: var(--cx-space-2) var(--cx-space-3);
    padding: var(--cx-space-2) var(--cx-space-3);
    padding-block-end: max(var(--cx-space-2), env(safe-area-inset-bottom));
  }
  h1 {
    display: flex;
    align-items: center;
    gap: var(--cx-space-2);
    min-width: 0;
    font-size: var(--cx-size-body);
  }
  h1 .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  h1:focus {
    outline: none;
  }
  .group {
    display: flex;
    justify-content: center;
    gap: var(--cx-space-1);
  }
  .group.end {
    justify-content: flex-end;
  }
  .control {
    position: relative;
    display: grid;
    justify-items: center;
    gap: 2px;
    min-width: 72px;
    padding: var(--cx-space-1) 2px;
    border: 0;
    border-radius: var(--cx-radius);
    background: none;
    font-size: var(--cx-size-small);
    line-height: 1.4;
    white-space: nowrap;
    cursor: pointer;
  }
  .disc {
    display: grid;
    place-items: center;
    width: 48px;
    height: 48px;
    border: 1px solid var(--cx-control-line);
    border-radius: 50%;
    transition: background-color var(--cx-quick);
  }
  .control[aria-pressed='true'] .disc {
    border-color: transparent;
    background: var(--cx-inverse);
    color: var(--cx-on-inverse);
  }
  .control[aria-busy='true'] .disc {
    opacity: 0.5;
  }
  .end .control[aria-pressed='false'] .disc,
  .plain .disc {
    border-color: transparent;
  }
  @media (hover: hover) {
    .control:not([aria-pressed='true']):hover .disc {
      background: var(--cx-surface);
    }
  }
  .count {
    position: absolute;
    inset-block-start: 2px;
    inset-inline-start: calc(50% + 8px);
    min-width: 20px;
    padding: 0 5px;
    border: 1px solid var(--cx-control-line);
    border-radius: 10px;
    background: var(--cx-surface);
    font-size: 0.75rem;
    line-height: 18px;
    text-align: center;
  }
  .count.news {
    border-color: transparent;
    background: var(--cx-inverse);
    color: var(--cx-on-inverse);
  }
  @container (max-width: 700px) {
    :host {
      grid-template-columns: auto;
      padding-inline: var(--cx-space-1);
    }
    h1 {
      position: absolute;
      width: 1px;
      height: 1px;
      clip-path: inset(50%);
    }
    .groups {
      display: flex;
      justify-content: space-evenly;
    }
    /* All controls share the width alike, with a word each. */
    .group {
      display: contents;
    }
    .control {
      flex: 1 1 0;
      min-width: 40px;
      max-width: 72px;
      padding-inline: 0;
      font-size: clamp(0.6875rem, 3cqw, 0.8125rem);
    }
    .disc {
      width: clamp(40px, 11.4cqw, 48px);
      height: clamp(40px, 11.4cqw, 48px);
    }
  }
  @container (max-height: 480px) {
    :host {
      padding-block: var(--cx-space-1);
    }
    .control {
      min-width: 56px;
    }
    .disc {
      width: 44px;
      height: 44px;
    }
    .control .text {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
  @container (min-width: 700.1px) {
    .groups {
      display: contents;
    }
  }
  .more[popover] {
    position: fixed;
    inset: auto;
    min-width: 15rem;
    margin: 0;
    padding: var(--cx-space-1);
    border: 0;
    border-radius: var(--cx-radius);
    background: var(--cx-surface);
    color: var(--cx-text);
    box-shadow: var(--cx-shade);
  }
  .entry {
    display: flex;
    align-items: center;
    gap: var(--cx-space-3);
    width: 100%;
    min-height: 48px;
    padding: 0 var(--cx-space-3);
    border: 0;
    border-radius: 4px;
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .entry .text {
    flex: 1;
  }
  .entry .count {
    position: static;
  }
  .entry[aria-pressed='true'] {
    background: var(--cx-inverse);
    color: var(--cx-on-inverse);
  }
  @media (hover: hover) {
    .entry:not([aria-pressed='true']):hover {
      background: var(--cx-raised);
    }
  }
`;
