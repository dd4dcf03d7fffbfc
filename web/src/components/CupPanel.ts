import { css, html, nothing, type PropertyValues } from 'lit';
import './CameraFields.ts';
import './ColorWizard.ts';
import { SidePanel } from './SidePanel.ts';

/** One's own close-up camera: its colours and its controls, beside or below the picture that they change. */
export class CupPanel extends SidePanel {
  static override styles = [
    ...SidePanel.styles,
    css`
      .scroll {
        display: grid;
        align-content: start;
        gap: var(--cx-space-4);
        padding-block: var(--cx-space-2);
      }
      section {
        display: grid;
        gap: var(--cx-space-3);
      }
      section + section {
        padding-block-start: var(--cx-space-3);
        border-block-start: 1px solid var(--cx-line);
      }
      h3 {
        font-size: var(--cx-size-body);
      }
    `,
  ];

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    // Nobody looks at the result.
    if (changed.get('hidden') === false) void this.session.cupColor.measurement.stop();
  }

  protected override render() {
    const { t } = this.session;
    return html`${this.header(t.cup.title)}
      <div class="scroll">${this.hidden ? nothing : this.#content()}</div>`;
  }

  #content() {
    const { t, cup, cupColor } = this.session;
    const { progress, result } = cupColor.measurement;
    // What is measured now would no longer be what is sent.
    const held = progress !== null || result !== null;
    if (!cup.on) {
      return html`<p>${t.cup.off}</p>
        <button class="button" @click=${() => this.#switchOn()}>${t.cup.switchOn}</button>`;
    }
    return html`<section>
        <h3>${t.cup.color.title}</h3>
        ${
          cupColor.supported
            ? html`<cx-color-wizard .session=${this.session}></cx-color-wizard>`
            : html`<p class="soft">${t.cup.color.unsupported}</p>`
        }
      </section>
      ${held ? nothing : this.#camera()}`;
  }

  #camera() {
    const { t, cup } = this.session;
    return html`<section>
      <h3>${t.cup.camera.title}</h3>
      <cx-camera-fields .session=${this.session}></cx-camera-fields>
      ${cup.error === null ? nothing : html`<p role="alert">${t.sentence(t.errors[cup.error])}</p>`}
    </section>`;
  }

  #switchOn(): void {
    this.dispatchEvent(new CustomEvent('cx-toggle', { detail: 'teaCloseUp', bubbles: true, composed: true }));
  }
}
customElements.define('cx-cup', CupPanel);
