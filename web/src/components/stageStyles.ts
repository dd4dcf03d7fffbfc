import { css } from 'lit';
import { GAP } from '../layout/arrange.ts';

/**
 * Where everything in the room has its place: what holds for all above, the step and the pictures with a panel beside them, the
 * controls below. On a phone a panel is where `layout/panels.ts` says.
 */
export const stageStyles = css`
  :host {
    display: grid;
    grid-template: auto auto minmax(0, 1fr) auto auto / minmax(0, 1fr) auto;
    height: 100%;
    background: var(--cx-surround);
    position: relative;
  }
  cx-band {
    grid-area: 1 / 1 / 2 / -1;
  }
  cx-step-strip {
    grid-area: 2 / 1 / 3 / 2;
  }
  .area {
    grid-area: 3 / 1 / 4 / 2;
    position: relative;
    margin: var(--cx-space-3);
    margin-block-end: 0;
    min-width: 0;
    min-height: 0;
  }
  .scene {
    position: absolute;
    inset: 0;
    display: grid;
    overflow: hidden;
    scrollbar-width: thin;
    scrollbar-color: var(--cx-line) transparent;
  }
  /* Room for the ring of who speaks and for the focus, which would be cut off at the edge. */
  .scene[data-strip] {
    inset: -6px;
    padding: 6px;
  }
  .scene[data-strip='side'] {
    grid-template: 1fr repeat(var(--tiles), max-content) 1fr / minmax(0, 1fr) var(--tile-width);
    column-gap: ${GAP}px;
    overflow-y: auto;
  }
  .scene[data-strip='below'] {
    grid-template: minmax(0, 1fr) auto / 1fr repeat(var(--tiles), max-content) 1fr;
    row-gap: ${GAP}px;
    overflow-x: auto;
  }
  .stage {
    position: sticky;
    inset: 0 auto auto 0;
    display: grid;
    place-content: center;
    width: var(--stage-area-width);
    height: var(--stage-area-height);
  }
  [data-strip='side'] > .stage {
    grid-area: 1 / 1 / -1 / 2;
  }
  [data-strip='below'] > .stage {
    grid-area: 1 / 1 / 2 / -1;
  }
  [data-strip='side'] > .tile {
    grid-area: var(--place) / 2;
  }
  [data-strip='below'] > .tile {
    grid-area: 2 / var(--place);
  }
  [data-strip='below'] > .tile:not([data-first]) {
    margin-inline-start: ${GAP}px;
  }
  .alone {
    text-align: center;
    gap: var(--cx-space-2);
    padding: var(--cx-space-4);
  }
  .alone p:first-child {
    font-size: var(--cx-size-title);
    line-height: 1.35;
  }
  .panel {
    grid-area: 2 / 2 / 4 / 3;
  }
  cx-controls {
    grid-area: 5 / 1 / 6 / -1;
  }
  cx-notices {
    grid-area: 3 / 1 / 4 / 2;
    align-self: start;
    z-index: 3;
    margin: var(--cx-space-3);
    pointer-events: none;
  }
  /* Beside the controls, where the thumb is; over what is open there it would cover what one writes. */
  cx-knock {
    grid-area: 2 / 1 / 5 / -1;
    place-self: end;
    z-index: 3;
    margin: 0 var(--cx-space-3);
  }
  cx-knock.above {
    align-self: start;
    margin-block-start: var(--cx-space-3);
  }
  @container (max-width: 700px) {
    .area {
      margin: var(--cx-space-2) var(--cx-space-2) 0;
    }
    .panel {
      position: absolute;
      grid-area: 1 / 1 / -1 / -1;
      inset: auto 0 0;
      z-index: 2;
    }
    .panel.whole {
      inset: 0;
    }
    /* What it is about has to be seen: it takes its place from the pictures and covers none. */
    .panel.below {
      position: static;
      grid-area: 4 / 1 / 5 / -1;
      max-height: 46cqh;
    }
  }
`;
