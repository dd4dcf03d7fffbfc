import { html, nothing, type PropertyValues } from 'lit';
import type { Still } from '../../../client-sdk/src/index.ts';
import { formatTime } from '../i18n/formatTime.ts';
import { takesKeys } from '../session/shortcuts.ts';
import './ColorReadout.ts';
import { icon } from './icon.ts';
import './KnockSign.ts';
import './NoticeList.ts';
import { SessionElement } from './SessionElement.ts';
import './StillPicture.ts';
import type { PickedColor, StillPicture } from './StillPicture.ts';
import { viewerLayout } from './viewerLayout.ts';
import { windowDialog } from './windowDialog.ts';

const areas = ['point', 'small', 'large'] as const;
type Area = (typeof areas)[number];

/** Looks at one still over the whole room: zoom, colours, the next one. It is open while the session views one. Fires `people`. */
export class StillViewer extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    scale: { state: true },
    picking: { state: true },
    area: { state: true },
    picked: { state: true },
    removing: { state: true },
  };
  static override styles = [...[SessionElement.styles].flat(), windowDialog, viewerLayout];

  /** CSS pixels for one pixel of the still. */
  declare scale: number;
  declare picking: boolean;
  declare area: Area;
  declare picked: PickedColor | null;
  /** Id of the still of which is asked whether to remove it; the question is over when another one is viewed. */
  declare removing: string | null;

  constructor() {
    super();
    this.scale = 1;
    this.picking = false;
    this.area = 'small';
    this.picked = null;
    this.removing = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.session.stills.viewed?.stillId !== this.removing) this.removing = null;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const { viewed } = this.session.stills;
    if (viewed && !this.#dialog.open) {
      this.#dialog.showModal();
      void this.#picture?.focusPicture();
    } else if (!viewed && this.#dialog.open) {
      this.#dialog.close();
    }
  }

  protected override render() {
    const { viewed } = this.session.stills;
    return html`<dialog aria-labelledby="title" @close=${this.#closed} @keydown=${this.#key}>
      ${viewed ? html`<div class="layout">${this.#content(viewed)}</div>` : nothing}
    </dialog>`;
  }

  #content(still: Still) {
    const { t } = this.session;
    const what = `${t.stills.sources[still.source]} · ${still.takenFrom.name}`;
    return html`${this.#head(still, what)}
      <cx-still-picture
        .session=${this.session}
        .still=${still}
        .label=${what}
        .picking=${this.picking}
        .radius=${radiusOf(this.area, still)}
        @zoomed=${(event: CustomEvent<number>) => (this.scale = event.detail)}
        @picked=${(event: CustomEvent<PickedColor | null>) => (this.picked = event.detail)}
      ></cx-still-picture>
      ${this.#tools()} ${this.picking ? this.#colors() : nothing} ${this.#actions(still)}
      <cx-notices .session=${this.session}></cx-notices>
      <cx-knock .session=${this.session} @people=${() => this.#showPeople()}></cx-knock>`;
  }

  #head({ takenAt, requestedBy, width, height, colorCorrected }: Still, what: string) {
    const { t, language } = this.session;
    return html`<header>
      <h2 id="title">${what}</h2>
      <button class="button square close" aria-label=${t.controls.close} @click=${() => this.#dialog.close()}>
        ${icon('close')}
      </button>
      <p class="facts small-text soft">
        <span>${t.stills.by(requestedBy.name)}</span>
        <time datetime=${new Date(takenAt).toISOString()}>${formatTime(takenAt, Date.now(), language)}</time>
        <span>${t.stills.size(width, height)}</span>
        <span>${colorCorrected ? t.stills.corrected : t.stills.uncorrected}</span>
      </p>
    </header>`;
  }

  #tools() {
    const { stills, t } = this.session;
    const { list, viewed, complete } = stills;
    const place = list.findIndex((still) => still === viewed);
    const percent = Math.round(this.scale * devicePixelRatio * 100);
    return html`<div class="tools" role="group" aria-label=${t.controls.label}>
      <button
        class="button square"
        aria-label=${t.stills.newer}
        ?disabled=${place <= 0}
        @click=${() => void stills.step(-1)}
      >
        ${icon('back')}
      </button>
      <button class="button square" aria-label=${t.stills.zoomOut} @click=${() => this.#picture?.zoomOut()}>
        ${icon('zoomOut')}
      </button>
      <span class="scale small-text" role="status">${t.stills.scale(percent)}</span>
      <button class="button square" aria-label=${t.stills.zoomIn} @click=${() => this.#picture?.zoomIn()}>
        ${icon('zoomIn')}
      </button>
      <button class="button square" aria-label=${t.stills.fit} @click=${() => this.#picture?.showAll()}>
        ${icon('fit')}
      </button>
      <button class="button pick" aria-pressed=${this.picking} @click=${() => this.#togglePicking()}>
        ${icon('pick')}<span class="text">${t.picker.start}</span>
      </button>
      <button
        class="button square"
        aria-label=${t.stills.olderOne}
        ?disabled=${complete && place === list.length - 1}
        @click=${() => void stills.step(1)}
      >
        ${icon('forward')}
      </button>
    </div>`;
  }

  #colors() {
    const { picker } = this.session.t;
    const { picked } = this;
    return html`<section class="colors" aria-label=${picker.title}>
      ${
        picked
          ? html`<cx-color-readout
              .session=${this.session}
              .color=${picked.color}
              .settled=${picked.settled}
            ></cx-color-readout>`
          : nothing
      }
      <fieldset>
        <legend class="small-text soft">${picker.area}</legend>
        ${areas.map(
          (area) =>
            html`<label class="small-text">
              <input
                type="radio"
                name="area"
                .checked=${this.area === area}
                @change=${() => (this.area = area)}
              />${picker.areas[area]}
            </label>`,
        )}
      </fieldset>
      <p class="hint small-text soft">${picker.hint}</p>
    </section>`;
  }

  #actions(still: Still) {
    const { stillId, url } = still;
    const { stills, chat, t } = this.session;
    const words = t.stills;
    if (this.removing === stillId) {
      return html`<div class="actions question" role="alert">
        <p class="small-text">${words.removeQuestion}</p>
        <button class="button small" @click=${() => (this.removing = null)}>${t.people.cancel}</button>
        <button class="button small next" @click=${() => this.#remove(stillId)}>${words.removeConfirm}</button>
      </div>`;
    }
    return html`<div class="actions">
      <a class="button" href=${url} download target="_blank" rel="noopener"
        >${icon('download')}<span class="text">${words.download}</span></a
      >
      ${
        chat.chat?.mayWrite
          ? html`<button class="button" @click=${() => void this.session.sendStill(still)}>
              ${icon('chat')}<span class="text">${t.chat.sendStill}</span>
            </button>`
          : nothing
      }
      ${
        stills.mayRemove
          ? html`<button class="button" @click=${() => (this.removing = stillId)}>
              ${icon('trash')}<span class="text">${words.remove}</span>
            </button>`
          : nothing
      }
    </div>`;
  }

  get #dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector('dialog')!;
  }

  get #picture(): StillPicture | null {
    return this.renderRoot.querySelector('cx-still-picture');
  }

  #togglePicking(): void {
    this.picking = !this.picking;
    this.picked = null;
  }

  #remove(stillId: string): void {
    this.removing = null;
    void this.session.stills.remove(stillId);
  }

  #closed(): void {
    this.picking = false;
    this.removing = null;
    this.session.stills.view(null);
  }

  #showPeople(): void {
    this.#dialog.close();
    this.dispatchEvent(new CustomEvent('people'));
  }

  /** Keys that the picture itself does not take. */
  #key(event: KeyboardEvent): void {
    // The innermost one: `target` is the element of ours that has the field in it.
    const target = event.composedPath()[0];
    const isTyped = target instanceof HTMLElement && takesKeys(target);
    if (event.ctrlKey || event.metaKey || event.altKey || isTyped) return;
    if (event.key === 'ArrowLeft') void this.session.stills.step(-1);
    else if (event.key === 'ArrowRight') void this.session.stills.step(1);
    else if (event.key.toLowerCase() === 'c') this.#togglePicking();
    else return;
    event.preventDefault();
  }
}
customElements.define('cx-still-viewer', StillViewer);

/** In pixels of the still: on a larger picture the same part of it. */
function radiusOf(area: Area, { width, height }: Still): number {
  const longer = Math.max(width, height);
  const radii: Record<Area, number> = {
    point: 0,
    small: Math.max(2, Math.round(longer / 320)),
    large: Math.max(6, Math.round(longer / 80)),
  };
  return radii[area];
}
