import { css, unsafeCSS } from 'lit';

/**
 * Every colour, size and duration of the pages, as custom properties. People judge the colour of a liquor here, so all
 * surfaces are neutral grey (R = G = B), of medium lightness around video (the idea of ISO 3664), and there is one
 * accent: an ink blue, which no tea has. A host page may override any of them on `chaxi-room`.
 */
const light = {
  '--cx-surround': '#d4d4d4',
  '--cx-surface': '#f3f3f3',
  '--cx-raised': '#ffffff',
  '--cx-picture': '#bdbdbd',
  '--cx-text': '#1c1c1c',
  '--cx-text-soft': '#4a4a4a',
  '--cx-line': '#b0b0b0',
  '--cx-control-line': '#757575',
  '--cx-inverse': '#1c1c1c',
  '--cx-on-inverse': '#ffffff',
  '--cx-accent': '#27496d',
  '--cx-on-accent': '#ffffff',
  '--cx-shade': '0 1px 2px rgb(0 0 0 / 12%), 0 8px 32px rgb(0 0 0 / 12%)',
};

const dark: Record<keyof typeof light, string> = {
  '--cx-surround': '#2b2b2b',
  '--cx-surface': '#363636',
  '--cx-raised': '#464646',
  '--cx-picture': '#3d3d3d',
  '--cx-text': '#f2f2f2',
  '--cx-text-soft': '#c6c6c6',
  '--cx-line': '#595959',
  '--cx-control-line': '#969696',
  '--cx-inverse': '#f2f2f2',
  '--cx-on-inverse': '#1c1c1c',
  '--cx-accent': '#b4cdea',
  '--cx-on-accent': '#14283d',
  '--cx-shade': '0 1px 2px rgb(0 0 0 / 32%), 0 8px 32px rgb(0 0 0 / 32%)',
};

const measures = {
  '--cx-font':
    "system-ui, -apple-system, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif",
  '--cx-font-display': "'Songti SC', 'Source Han Serif SC', 'Noto Serif CJK SC', 'Noto Serif SC', Georgia, serif",
  '--cx-size-small': '0.8125rem',
  '--cx-size-body': '1rem',
  '--cx-size-lead': '1.125rem',
  '--cx-size-title': 'clamp(1.5rem, 1.1rem + 1.6cqi, 2.125rem)',
  '--cx-space-1': '4px',
  '--cx-space-2': '8px',
  '--cx-space-3': '16px',
  '--cx-space-4': '24px',
  '--cx-space-5': '40px',
  '--cx-radius': '8px',
  '--cx-radius-picture': '4px',
  /** Smallest height of anything to touch. */
  '--cx-touch': '48px',
  '--cx-quick': '120ms',
};

/** The two colours that page.css shows before a script has run; a test keeps them in step. */
export const firstPaint = { light: light['--cx-surround'], dark: dark['--cx-surround'] };

const declare = (values: Record<string, string>) =>
  unsafeCSS(
    Object.entries(values)
      .map(([name, value]) => `${name}: ${value};`)
      .join('\n'),
  );

export const tokens = css`
  :host {
    color-scheme: light;
    ${declare(measures)}
    ${declare(light)}
  }
  @media (prefers-color-scheme: dark) {
    :host(:not([theme='light'])) {
      color-scheme: dark;
      ${declare(dark)}
    }
  }
  :host([theme='dark']) {
    color-scheme: dark;
    ${declare(dark)}
  }
  @media (prefers-reduced-motion: reduce) {
    :host {
      --cx-quick: 0ms;
    }
  }
`;
