import { css, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import type { CameraMode, CameraRange, CameraSettings, HeldFeature } from '../../../client-sdk/src/index.ts';
import { sliderScale } from '../layout/sliderScale.ts';
import { SessionElement } from './SessionElement.ts';

interface Slider {
  id: string;
  label: string;
  range: CameraRange | undefined;
  value: number | undefined;
  format: (value: number) => string;
  change: (value: number) => CameraSettings;
}

/** What can be adjusted of one's own close-up camera, and nothing that it does not have. */
export class CameraFields extends SessionElement {
  static override styles = [
    ...[SessionElement.styles].flat(),
    css`
      :host {
        display: grid;
        gap: var(--cx-space-4);
      }
      .feature {
        display: grid;
        gap: var(--cx-space-2);
      }
      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--cx-space-2);
      }
      .modes {
        display: flex;
        padding: 2px;
        border: 1px solid var(--cx-control-line);
        border-radius: var(--cx-radius);
      }
      .modes label {
        position: relative;
        padding: 0 12px;
        border-radius: 6px;
        font-size: var(--cx-size-small);
        line-height: 32px;
        cursor: pointer;
      }
      .modes label:has(:checked) {
        background: var(--cx-inverse);
        color: var(--cx-on-inverse);
      }
      .modes label:has(:focus-visible) {
        outline: 3px solid var(--cx-accent);
        outline-offset: 2px;
      }
      .modes input {
        position: absolute;
        inset: 0;
        opacity: 0;
        cursor: pointer;
      }
      .slider {
        display: grid;
        grid-template-columns: 1fr auto;
        align-items: baseline;
        font-size: var(--cx-size-small);
        color: var(--cx-text-soft);
      }
      output {
        color: var(--cx-text);
        font-variant-numeric: tabular-nums;
      }
      input[type='range'] {
        grid-column: 1 / -1;
        width: 100%;
        height: 32px;
        accent-color: var(--cx-inverse);
        cursor: pointer;
      }
      .switch {
        display: flex;
        align-items: center;
        justify-content: space-between;
        min-height: 40px;
      }
      .switch input {
        width: 20px;
        height: 20px;
        accent-color: var(--cx-inverse);
      }
      @media (pointer: coarse) {
        .modes label {
          line-height: 40px;
        }
        input[type='range'] {
          height: 44px;
        }
      }
    `,
  ];

  protected override render() {
    const { t, cup } = this.session;
    const { capabilities, settings } = cup;
    const words = t.cup.camera;
    const { whiteBalance, exposure, focus, torch, zoom } = capabilities;
    if (Object.keys(capabilities).length === 0) return html`<p class="small-text soft">${words.nothing}</p>`;
    const percent =
      ({ min, max }: CameraRange) =>
      (value: number) =>
        `${Math.round((100 * (value - min)) / (max - min))}%`;
    return html`${this.#feature('whiteBalance', words.whiteBalance, [
      {
        id: 'temperature',
        label: words.temperature,
        range: whiteBalance?.temperature,
        value: settings.whiteBalance?.temperature,
        format: (value) => `${Math.round(value)} K`,
        change: (temperature) => ({ whiteBalance: { mode: 'manual', temperature } }),
      },
    ])}
    ${this.#feature('exposure', words.exposure, [
      {
        id: 'time',
        label: words.time,
        range: exposure?.time,
        value: settings.exposure?.time,
        format: (value) => words.seconds(toSeconds(value)),
        change: (time) => ({ exposure: { mode: 'manual', time } }),
      },
      {
        id: 'iso',
        label: words.iso,
        range: exposure?.iso,
        value: settings.exposure?.iso,
        format: (value) => String(Math.round(value)),
        change: (iso) => ({ exposure: { mode: 'manual', iso } }),
      },
    ])}
    ${this.#slider({
      id: 'compensation',
      label: words.compensation,
      range: exposure?.compensation,
      value: settings.exposure?.compensation,
      format: (value) => `${value > 0 ? '+' : ''}${value.toFixed(1)}`,
      change: (compensation) => ({ exposure: { compensation } }),
    })}
    ${this.#feature('focus', words.focus, [
      {
        id: 'distance',
        label: words.distance,
        range: focus?.distance,
        value: settings.focus?.distance,
        // Few cameras know metres.
        format: focus?.distance ? percent(focus.distance) : String,
        change: (distance) => ({ focus: { mode: 'manual', distance } }),
      },
    ])}
    ${this.#slider({
      id: 'zoom',
      label: words.zoom,
      range: zoom,
      value: settings.zoom,
      format: (value) => `${(value / (zoom?.min || 1)).toFixed(1)} ×`,
      change: (value) => ({ zoom: value }),
    })}
    ${torch ? this.#torch() : nothing}`;
  }

  /** Its values show where the camera does not choose them. */
  #feature(feature: HeldFeature, label: string, sliders: Slider[]) {
    const { cup } = this.session;
    const has = cup.capabilities[feature];
    if (!has) return nothing;
    const mode = cup.settings[feature]?.mode;
    return html`<div class="feature">
      <div class="head" role="radiogroup" aria-labelledby=${feature}>
        <span id=${feature}>${label}</span>${this.#modes(feature, has.modes, mode)}
      </div>
      ${mode === 'continuous' ? nothing : sliders.map((slider) => this.#slider(slider))}
    </div>`;
  }

  #modes(feature: HeldFeature, modes: readonly CameraMode[], present: CameraMode | undefined) {
    const { cup, t } = this.session;
    if (!modes.includes('manual') || !modes.includes('continuous')) return nothing;
    const choice = (mode: CameraMode, label: string) =>
      html`<label
        ><input
          type="radio"
          name=${feature}
          .checked=${live(present === mode)}
          @change=${() => void cup.set({ [feature]: { mode } })}
        />${label}</label
      >`;
    return html`<div class="modes">
      ${choice('continuous', t.cup.camera.automatic)}${choice('manual', t.cup.camera.held)}
    </div>`;
  }

  #slider({ id, label, range, value, format, change }: Slider) {
    if (!range || value === undefined) return nothing;
    const { min, max, step, toPlace, toValue } = sliderScale(range);
    return html`<div class="slider">
      <label for=${id}>${label}</label><output for=${id}>${format(value)}</output>
      <input
        id=${id}
        type="range"
        min=${min}
        max=${max}
        step=${step}
        aria-valuetext=${format(value)}
        .value=${live(String(toPlace(value)))}
        @input=${(event: Event) =>
          void this.session.cup.set(change(toValue((event.target as HTMLInputElement).valueAsNumber)))}
      />
    </div>`;
  }

  #torch() {
    const { cup, t } = this.session;
    return html`<label class="switch"
      >${t.cup.camera.torch}<input
        type="checkbox"
        .checked=${live(cup.settings.torch === true)}
        @change=${(event: Event) => void cup.set({ torch: (event.target as HTMLInputElement).checked })}
    /></label>`;
  }
}
customElements.define('cx-camera-fields', CameraFields);

/** `value` in units of 100 µs. */
function toSeconds(value: number): string {
  const seconds = value / 10_000;
  return seconds < 0.5 ? `1/${Math.round(1 / seconds)}` : seconds.toFixed(1);
}
