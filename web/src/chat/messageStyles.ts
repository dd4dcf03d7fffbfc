import { css } from 'lit';

/** The messages of a conversation: own ones on the right and sunk in, those of others on the left and raised. */
export const messageStyles = css`
  ol {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .day,
  .new {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: var(--cx-space-3);
    padding-block: var(--cx-space-3) var(--cx-space-2);
    font-size: var(--cx-size-small);
    color: var(--cx-text-soft);
  }
  .new {
    color: var(--cx-text);
    font-weight: 600;
  }
  .new::before,
  .new::after {
    content: '';
    flex: 1;
    border-block-start: 1px solid var(--cx-control-line);
  }
  .message {
    display: grid;
    justify-items: start;
    padding-block: 1px;
  }
  .message.first {
    padding-block-start: var(--cx-space-2);
  }
  .message.own {
    justify-items: end;
  }
  .name {
    padding-inline: 14px;
    font-size: var(--cx-size-small);
    color: var(--cx-text-soft);
    overflow-wrap: anywhere;
  }
  .line {
    display: flex;
    align-items: center;
    gap: 2px;
    max-width: 100%;
  }
  .own .line {
    flex-direction: row-reverse;
  }
  .bubble {
    min-width: 0;
    max-width: min(30rem, 100cqi - 76px);
    padding: 8px 14px;
    border-radius: 18px;
    background: var(--cx-raised);
    line-height: 1.45;
  }
  :host(:lang(zh)) .bubble {
    line-height: 1.6;
  }
  .own .bubble {
    background: var(--cx-surround);
  }
  .message:not(.own):not(.first) .bubble {
    border-start-start-radius: 6px;
  }
  .message:not(.own):not(.last) .bubble {
    border-end-start-radius: 6px;
  }
  .own:not(.first) .bubble {
    border-start-end-radius: 6px;
  }
  .own:not(.last) .bubble {
    border-end-end-radius: 6px;
  }
  .bubble.bare {
    padding: 0;
    overflow: hidden;
  }
  .bubble.bare > .text,
  .bubble.bare > .quote {
    margin: 8px 14px;
  }
  .bubble.bare > .quote {
    width: calc(100% - 28px);
  }
  .jumped .bubble {
    outline: 2px solid var(--cx-accent);
    outline-offset: 2px;
  }
  .text {
    display: block;
    /* Whatever marks of direction a text has, they end with it. */
    unicode-bidi: plaintext;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .text.gone {
    color: var(--cx-text-soft);
  }
  .text a {
    color: inherit;
    text-underline-offset: 3px;
  }
  .mention {
    font-weight: 600;
  }
  .mention.me {
    padding-inline: 3px;
    border-radius: 4px;
    background: var(--cx-inverse);
    color: var(--cx-on-inverse);
  }
  .quote {
    display: grid;
    width: 100%;
    margin: 2px 0 6px;
    padding: 2px 0 2px 10px;
    border: 0;
    border-inline-start: 3px solid var(--cx-control-line);
    background: none;
    font-size: var(--cx-size-small);
    line-height: 1.5;
    text-align: start;
    cursor: pointer;
  }
  .quote .who {
    font-weight: 600;
  }
  .quote .what {
    color: var(--cx-text-soft);
  }
  .quote span {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .more {
    display: grid;
    place-items: center;
    flex: none;
    width: 36px;
    height: 36px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
    color: var(--cx-text-soft);
    cursor: pointer;
  }
  .more svg {
    width: 1.125rem;
    height: 1.125rem;
  }
  @media (hover: hover) {
    .more {
      opacity: 0;
    }
    .message:hover .more,
    .more:focus-visible,
    .more[aria-expanded='true'] {
      opacity: 1;
    }
    .more:hover {
      background: var(--cx-raised);
    }
  }
  .reactions {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    margin-block: 3px 2px;
    padding-inline: 8px;
  }
  .own .reactions {
    justify-content: flex-end;
  }
  .reaction {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-width: 40px;
    height: 28px;
    justify-content: center;
    padding: 0 8px;
    border: 1px solid var(--cx-line);
    border-radius: 14px;
    background: var(--cx-surface);
    font-size: var(--cx-size-small);
    line-height: 1;
    cursor: pointer;
  }
  .reaction[aria-pressed='true'] {
    border-color: var(--cx-text);
  }
  .reaction:disabled {
    cursor: default;
  }
  .meta {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 0 var(--cx-space-2);
    min-height: 1.5rem;
    padding-inline: 14px;
    font-size: var(--cx-size-small);
    line-height: 1.5;
    color: var(--cx-text-soft);
    font-variant-numeric: tabular-nums;
  }
  .own .meta {
    justify-content: flex-end;
  }
  .status {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    padding: 0;
    border: 0;
    background: none;
    font: inherit;
    color: inherit;
  }
  button.status {
    min-height: 24px;
    cursor: pointer;
  }
  .status svg {
    width: 0.9375rem;
    height: 0.9375rem;
  }
  /* What goes out at once need not be said to be going. */
  .status.sending {
    animation: appear 1ms 700ms both;
  }
  @keyframes appear {
    from {
      visibility: hidden;
    }
  }
  .failed {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: var(--cx-space-1) var(--cx-space-2);
    max-width: min(30rem, 100cqi - 40px);
    padding: 4px 0;
    font-size: var(--cx-size-small);
  }
  .failed p {
    flex: 1 0 100%;
    padding-inline: 14px;
    text-align: end;
    text-wrap: pretty;
  }
`;
