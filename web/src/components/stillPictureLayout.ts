import { css } from 'lit';

/** The frame of a still, the still that moves under it, and the ring around what is picked. */
export const stillPictureLayout = css`
  :host {
    display: block;
    position: relative;
    min-width: 0;
    min-height: 0;
    overflow: hidden;
    background: var(--cx-picture);
  }
  .frame {
    position: absolute;
    inset: 0;
    cursor: grab;
    touch-action: none;
    user-select: none;
    -webkit-user-select: none;
    overflow: hidden;
  }
  .frame:active {
    cursor: grabbing;
  }
  :host([picking]) .frame {
    cursor: crosshair;
  }
  .frame:focus-visible {
    outline-offset: -3px;
  }
  img {
    position: absolute;
    inset: 0 auto auto 0;
    max-width: none;
    transform-origin: 0 0;
    pointer-events: none;
  }
  img[data-squares] {
    image-rendering: pixelated;
  }
  .mark {
    position: absolute;
    border: 1.5px solid #000000;
    border-radius: 50%;
    outline: 1.5px solid #ffffff;
    translate: -50% -50%;
    pointer-events: none;
  }
  .loading {
    position: absolute;
    inset: auto auto var(--cx-space-3) 50%;
    padding: var(--cx-space-1) var(--cx-space-3);
    border-radius: var(--cx-radius);
    background: var(--cx-surface);
    translate: -50%;
    white-space: nowrap;
    pointer-events: none;
    /* What comes at once needs no words. */
    animation: appear 0s 500ms backwards;
  }
  @keyframes appear {
    from {
      visibility: hidden;
    }
  }
  .failed {
    position: absolute;
    inset: 0;
    display: grid;
    place-content: center;
    padding: var(--cx-space-4);
    text-align: center;
  }
`;
