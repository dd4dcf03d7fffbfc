import { css } from 'lit';

/** What a message can have besides words: pictures, files, cards. */
export const contentStyles = css`
  cx-chat-picture {
    width: var(--width);
    max-width: 100%;
    aspect-ratio: var(--aspect);
  }
  .file {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: 12px;
    width: 17rem;
    max-width: 100%;
    padding: 0;
    border: 0;
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .file + .text {
    margin-block-start: 6px;
  }
  .file:disabled {
    cursor: default;
  }
  .file .called {
    display: grid;
    line-height: 1.4;
  }
  .file .file-name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .upload {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    gap: var(--cx-space-2);
    min-width: 13rem;
  }
  .bare .upload {
    padding: 4px 4px 4px 14px;
  }
  progress {
    appearance: none;
    width: 100%;
    height: 4px;
    border: 0;
    border-radius: 2px;
    background: var(--cx-line);
    overflow: hidden;
  }
  progress::-webkit-progress-bar {
    background: var(--cx-line);
  }
  progress::-webkit-progress-value {
    background: var(--cx-text);
  }
  progress::-moz-progress-bar {
    background: var(--cx-text);
  }
  .card {
    display: grid;
    gap: var(--cx-space-2);
    width: 17rem;
    max-width: 100%;
    padding-block: 4px;
  }
  .card .kind {
    display: flex;
    align-items: center;
    gap: 6px;
    font-size: var(--cx-size-small);
    color: var(--cx-text-soft);
  }
  .card .kind svg {
    width: 1rem;
    height: 1rem;
  }
  .card .title {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .card .facts {
    font-size: var(--cx-size-small);
    color: var(--cx-text-soft);
    overflow-wrap: anywhere;
  }
  .card .button {
    margin-block-start: 4px;
    min-height: 44px;
  }
  .card img,
  .card .blank {
    width: 100%;
    aspect-ratio: 4 / 3;
    border-radius: var(--cx-radius-picture);
    background: var(--cx-picture);
    object-fit: cover;
  }
  .card dl {
    display: grid;
    gap: 6px;
    line-height: 1.5;
  }
  .card dd {
    font-size: var(--cx-size-small);
    color: var(--cx-text-soft);
    overflow-wrap: anywhere;
  }
`;
