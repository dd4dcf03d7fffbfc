import { css } from 'lit';

/** The page to keep: a sheet on the screen, the same sheet on A4 and Letter. */
export const notesPageStyles = css`
  main {
    width: min(100%, 54rem);
    margin-inline: auto;
    padding: 0 var(--cx-space-4) var(--cx-space-5);
  }
  main > .words {
    padding-block-start: 18vh;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--cx-space-2);
    padding-block: var(--cx-space-2) var(--cx-space-3);
  }
  .sheet {
    display: grid;
    gap: var(--cx-space-5);
    padding: clamp(20px, 6cqi, 64px);
    border-radius: var(--cx-radius-picture);
    background: var(--cx-surface);
  }
  h1,
  h2 {
    font-family: var(--cx-font-display);
    font-weight: 500;
  }
  h2 {
    font-size: 1.5rem;
    overflow-wrap: anywhere;
  }
  h3 {
    margin-block-end: var(--cx-space-1);
    font-size: var(--cx-size-body);
  }
  .title p {
    margin-block-start: var(--cx-space-1);
  }
  .tea {
    display: grid;
    gap: var(--cx-space-3);
    padding-block-start: var(--cx-space-4);
    border-block-start: 1px solid var(--cx-line);
  }
  .tea > header {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: baseline;
    gap: 0 var(--cx-space-3);
  }
  .tea > header p {
    grid-column: -2;
  }
  .ordinal {
    font-family: var(--cx-font-display);
    font-size: 1.25rem;
    color: var(--cx-text-soft);
  }
  .written {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 15rem;
    gap: var(--cx-space-3) var(--cx-space-4);
    margin-block-start: var(--cx-space-2);
  }
  .written > :only-child {
    grid-column: 1 / -1;
  }
  .notes {
    display: grid;
    align-content: start;
    gap: var(--cx-space-3);
  }
  .stills {
    padding-block-start: var(--cx-space-4);
    border-block-start: 1px solid var(--cx-line);
  }
  .pictures {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: var(--cx-space-4) var(--cx-space-3);
    margin-block-start: var(--cx-space-3);
  }
  img {
    display: block;
    width: 100%;
    height: auto;
    border-radius: var(--cx-radius-picture);
    background: var(--cx-picture);
  }
  figcaption {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 var(--cx-space-3);
    padding-block-start: var(--cx-space-1);
    font-size: var(--cx-size-small);
  }
  @container (max-width: 700px) {
    main {
      padding-inline: 0;
    }
    .tools {
      padding-inline: var(--cx-space-3);
    }
    .tools .button {
      flex: 1;
    }
    .sheet {
      border-radius: 0;
    }
    .written {
      grid-template-columns: minmax(0, 1fr);
    }
    .shape {
      width: min(100%, 16rem);
      margin-inline: auto;
    }
    .pictures {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @media print {
    /* Ink on paper, whatever the look of the page. */
    :host,
    :host([theme='dark']) {
      color-scheme: light;
      --cx-text: #1c1c1c;
      --cx-text-soft: #4a4a4a;
      --cx-line: #b0b0b0;
      --cx-control-line: #757575;
      --cx-inverse: #1c1c1c;
      --cx-on-inverse: #ffffff;
      --cx-picture: #ffffff;
      --cx-size-body: 10.5pt;
      --cx-size-small: 8.5pt;
      --cx-size-lead: 12pt;
      --cx-size-title: 20pt;
      min-height: 0;
      background: none;
    }
    :host,
    main,
    .sheet {
      display: block;
      width: auto;
      padding: 0;
      background: none;
    }
    .top,
    .tools {
      display: none;
    }
    h2 {
      font-size: 15pt;
    }
    .tea,
    .stills {
      margin-block-start: 9mm;
      padding-block-start: 6mm;
    }
    .written {
      grid-template-columns: minmax(0, 1fr) 52mm;
    }
    /* A tea stays on one sheet, and a picture with what is said of it. */
    .tea,
    .note,
    figure {
      break-inside: avoid;
    }
    h2,
    .tea > header {
      break-after: avoid;
    }
    .pictures {
      display: block;
      columns: 2;
      column-gap: 6mm;
    }
    figure {
      margin-block-end: 5mm;
    }
    img {
      max-height: 110mm;
      object-fit: contain;
      print-color-adjust: exact;
    }
  }
`;
