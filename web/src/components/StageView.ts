import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import '../guide/GuidePanel.ts';
import '../guide/StepStrip.ts';
import { arrange, CAPTION, GAP, type Size } from '../layout/arrange.ts';
import { phonePlaces, showsStrip, type PanelName } from '../layout/panels.ts';
import type { Shot } from '../layout/stagePolicy.ts';
import '../notes/NotesPanel.ts';
import { mayConverse } from '../session/asidePolicy.ts';
import './ChatPanel.ts';
import type { ControlsBar } from './ControlsBar.ts';
import './ControlsBar.ts';
import './CupPanel.ts';
import type { InviteDialog } from './InviteDialog.ts';
import './InviteDialog.ts';
import './KnockSign.ts';
import './NoticeList.ts';
import './PeoplePanel.ts';
import './RoomBand.ts';
import './StillsPanel.ts';
import './StillViewer.ts';
import { SessionElement } from './SessionElement.ts';
import { stageStyles } from './stageStyles.ts';
import { toStyle } from './toStyle.ts';
import type { VideoTile } from './VideoTile.ts';
import './VideoTile.ts';

const USUAL_ASPECT = 16 / 9;

/**
 * The room: the stage, the strip, the controls. All tiles are children of one scrolling grid in an order that never
 * changes, and the one on the stage sticks to its place: so a picture moves between stage and strip without a new video
 * element, which would be dark for a moment.
 */
export class StageView extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    area: { state: true },
    roomWidth: { state: true },
    panel: { state: true },
  };
  static override styles = [...[SessionElement.styles].flat(), stageStyles];

  declare area: Size;
  declare roomWidth: number;
  /** The one that is open. */
  declare panel: PanelName | null;
  readonly #aspects = new Map<string, number>();
  readonly #observer = new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) {
      if (target === this) this.roomWidth = contentRect.width;
      else this.area = { width: contentRect.width, height: contentRect.height };
    }
  });

  constructor() {
    super();
    this.area = { width: 0, height: 0 };
    this.roomWidth = 0;
    this.panel = null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }

  override async focusHeading(): Promise<void> {
    await this.updateComplete;
    await this.#controls.focusHeading();
  }

  toggle(panel: PanelName): void {
    if (panel === 'chat' && !mayConverse(this.session.aside)) return;
    this.panel = this.panel === panel ? null : panel;
    if (this.panel === 'cup') this.session.showCup();
  }

  /** Opens a panel, and leaves it open where it is. */
  show(panel: PanelName): void {
    if (this.panel !== panel) this.toggle(panel);
  }

  openCup(): void {
    this.panel = 'cup';
    this.session.showCup();
  }

  protected override firstUpdated(): void {
    this.#observer.observe(this);
    this.#observer.observe(this.renderRoot.querySelector('.area')!);
  }

  protected override render() {
    const { stage, strip: others } = this.session.staging;
    const strip = stage && !showsStrip(this.panel, this.roomWidth) ? [] : others;
    const aspect = (stage && this.#aspects.get(stage.key)) ?? USUAL_ASPECT;
    const { area } = this;
    const arrangement = arrange({ area, tiles: strip.length, aspect });
    const shots = stage ? [...strip, stage] : strip;
    const { tile } = arrangement;
    const below = arrangement.strip === 'below';
    const sceneStyle = toStyle({
      '--tiles': strip.length,
      '--tile-width': `${tile.width}px`,
      '--stage-area-width': `${area.width - (arrangement.strip === 'side' ? tile.width + GAP : 0)}px`,
      '--stage-area-height': `${area.height - (below ? tile.height + CAPTION + GAP : 0)}px`,
    });
    return html`<cx-band .session=${this.session}></cx-band>
      <cx-step-strip .session=${this.session}></cx-step-strip>
      <div class="area">
        <div class="scene" data-strip=${arrangement.strip} .style=${sceneStyle}>
          ${stage ? nothing : this.#alone()}
          ${repeat(
            shots.sort((a, b) => (a.key < b.key ? -1 : 1)),
            ({ key }) => key,
            (shot) =>
              this.#tile(shot, shot === stage ? null : strip.indexOf(shot), shot === stage ? arrangement.stage : tile),
          )}
        </div>
      </div>
      ${this.#panels()}
      <cx-controls
        .session=${this.session}
        .panel=${this.panel}
        @panel=${(event: CustomEvent<PanelName>) => this.toggle(event.detail)}
      ></cx-controls>
      <cx-notices .session=${this.session}></cx-notices>
      <cx-knock
        class=${this.panel === null ? '' : 'above'}
        .session=${this.session}
        ?quiet=${this.panel === 'people'}
        @people=${() => (this.panel = 'people')}
      ></cx-knock>
      <cx-still-viewer .session=${this.session} @people=${() => (this.panel = 'people')}></cx-still-viewer>
      <cx-invite-dialog .session=${this.session}></cx-invite-dialog>`;
  }

  /** Each of them stays where it is while another one is open: what was written or scrolled to is there again. */
  #panels() {
    const { session } = this;
    const place = (name: PanelName) => `panel ${phonePlaces[name]}`;
    const isHidden = (name: PanelName) => this.panel !== name;
    const close = () => this.#closePanel();
    return html`<cx-guide
        class=${place('guide')}
        .session=${session}
        ?hidden=${isHidden('guide')}
        @close=${close}
      ></cx-guide>
      <cx-notes class=${place('notes')} .session=${session} ?hidden=${isHidden('notes')} @close=${close}></cx-notes>
      <cx-chat-panel
        class=${place('chat')}
        .session=${session}
        ?hidden=${isHidden('chat')}
        @close=${close}
      ></cx-chat-panel>
      <cx-stills class=${place('stills')} .session=${session} ?hidden=${isHidden('stills')} @close=${close}></cx-stills>
      <cx-people
        class=${place('people')}
        .session=${session}
        ?hidden=${isHidden('people')}
        @close=${close}
        @invite=${() => this.#invite.open()}
      ></cx-people>
      <cx-cup class=${place('cup')} .session=${session} ?hidden=${isHidden('cup')} @close=${close}></cx-cup>`;
  }

  get #controls(): ControlsBar {
    return this.renderRoot.querySelector('cx-controls')!;
  }

  get #invite(): InviteDialog {
    return this.renderRoot.querySelector('cx-invite-dialog')!;
  }

  #closePanel(): void {
    const { panel } = this;
    this.panel = null;
    if (panel === 'cup') for (const tile of this.renderRoot.querySelectorAll<VideoTile>('cx-tile')) tile.focusCup();
    else if (panel) this.#controls.focusOpener(panel);
  }

  /** `place` in the strip; null on the stage. */
  #tile(shot: Shot, place: number | null, { width, height }: Size) {
    const style = toStyle({
      '--width': `${width}px`,
      '--height': `${height}px`,
      ...(place === null ? {} : { '--place': place + 2 }),
    });
    return html`<div class=${place === null ? 'stage' : 'tile'} ?data-first=${place === 0} .style=${style}>
      <cx-tile
        .session=${this.session}
        .shot=${shot}
        ?large=${place === null}
        @aspect=${(event: CustomEvent<{ key: string; aspect: number }>) => this.#aspectKnown(event.detail)}
      ></cx-tile>
    </div>`;
  }

  #alone() {
    const { alone, aloneHint } = this.session.t.room;
    return html`<div class="stage alone">
      <p>${alone}</p>
      <p class="soft">${aloneHint}</p>
    </div>`;
  }

  #aspectKnown({ key, aspect }: { key: string; aspect: number }): void {
    if (this.#aspects.get(key) === aspect) return;
    this.#aspects.set(key, aspect);
    this.requestUpdate();
  }
}
customElements.define('cx-stage', StageView);
