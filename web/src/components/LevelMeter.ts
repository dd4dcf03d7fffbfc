import { css, html, LitElement, type PropertyValues } from 'lit';

const STEPS = 12;
const INTERVAL_MS = 60;

/** Shows how loud a microphone is, as a row of steps: a moving bar would ask for more attention than it deserves. */
export class LevelMeter extends LitElement {
  static override properties = { track: { attribute: false }, label: {}, level: { state: true } };
  static override styles = css`
    :host {
      display: block;
    }
    div {
      display: grid;
      grid-template-columns: repeat(${STEPS}, 1fr);
      gap: 3px;
      height: 6px;
    }
    span {
      border-radius: 1px;
      background: var(--cx-line);
    }
    span[data-on] {
      background: var(--cx-text);
    }
  `;

  declare track: MediaStreamTrack | null;
  declare label: string;
  declare level: number;
  #stop: (() => void) | null = null;

  constructor() {
    super();
    this.track = null;
    this.label = '';
    this.level = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#measure();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    this.#stop = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('track')) this.#measure();
  }

  protected override render() {
    return html`<div
      role="meter"
      aria-label=${this.label}
      aria-valuemin="0"
      aria-valuemax=${STEPS}
      aria-valuenow=${this.level}
    >
      ${Array.from({ length: STEPS }, (_, step) => html`<span ?data-on=${step < this.level}></span>`)}
    </div>`;
  }

  #measure(): void {
    this.#stop?.();
    this.#stop = this.track ? measureLevel(this.track, (level) => (this.level = Math.round(level * STEPS))) : null;
    if (!this.track) this.level = 0;
  }
}
customElements.define('cx-level-meter', LevelMeter);

/** Calls back with 0 (at most -60 dBFS) to 1 (full scale) until the returned function is called. */
function measureLevel(track: MediaStreamTrack, report: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 1_024 });
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    const decibels = 10 * Math.log10(power + 1e-9);
    report(Math.min(1, Math.max(0, 1 + decibels / 60)));
  }, INTERVAL_MS);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}
