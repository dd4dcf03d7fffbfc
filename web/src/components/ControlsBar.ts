import { html, nothing, type TemplateResult } from 'lit';
import { placeMenu } from '../chat/placeMenu.ts';
import type { IconName } from '../design/icons.ts';
import { arrangeControls, type ControlName } from '../layout/controlsPolicy.ts';
import type { PanelName } from '../layout/panels.ts';
import { mayConverse } from '../session/asidePolicy.ts';
import type { CaptureSource } from '../session/CaptureSlot.ts';
import type { Stills } from '../session/Stills.ts';
import { controlsStyles } from './controlsStyles.ts';
import { icon } from './icon.ts';
import { SessionElement } from './SessionElement.ts';

interface Control {
  icon: IconName;
  label: string;
  /** A switch that is on or off; a plain button where it is missing. */
  pressed?: boolean;
  busy?: boolean;
  count?: string;
  /** The number is of what one has not seen yet. */
  news?: boolean;
  act(): void;
}

type Controls = Partial<Record<ControlName, Control>>;

/** These are switched; the others open something. */
const switches: readonly ControlName[] = ['microphone', 'camera', 'teaCloseUp', 'screen'];

/** What one can do in the room. A switch that is on is filled, one that is off is hollow: nothing here has a colour. */
export class ControlsBar extends SessionElement {
  static override properties = { ...SessionElement.properties, panel: {}, width: { state: true } };
  static override styles = [...[SessionElement.styles].flat(), controlsStyles];

  /** The panel that is open. */
  declare panel: PanelName | null;
  declare width: number;
  readonly #observer = new ResizeObserver(([entry]) => {
    if (entry) this.width = entry.contentRect.width;
  });

  constructor() {
    super();
    this.width = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }

  /** Where a panel was opened from: its own button, or the one behind which that is. */
  focusOpener(panel: PanelName): void {
    const own = this.renderRoot.querySelector<HTMLElement>(`.control[data-name=${panel}]`);
    (own ?? this.#moreButton)?.focus();
  }

  protected override render() {
    const { session } = this;
    const { people, controls: words } = session.t;
    const controls = { ...this.#switches(), ...this.#pages() };
    const { bar, more } = arrangeControls({
      width: this.width,
      controls: Object.keys(controls) as ControlName[],
      leads: session.room.grants?.lead === true,
    });
    const isSwitch = (name: ControlName) => switches.includes(name);
    const buttons = (names: readonly ControlName[]) => names.map((name) => toButton(name, controls[name]!));
    const pages = bar.filter((name) => !isSwitch(name) && name !== 'leave');
    return html`<h1 tabindex="-1">
        ${
          session.room.info?.locked
            ? html`<span class="small-icon" role="img" aria-label=${people.lockedHint} title=${people.lockedHint}
                >${icon('lock')}</span
              >`
            : nothing
        }
        <span class="name">${session.room.info?.name ?? session.peek?.room ?? session.t.room.label}</span>
      </h1>
      <div class="groups" role="group" aria-label=${words.label}>
        <div class="group">${buttons(bar.filter(isSwitch))}</div>
        <div class="group end">
          ${buttons(pages)} ${more.length === 0 ? nothing : this.#more(more, controls)} ${buttons(['leave'])}
        </div>
      </div>`;
  }

  /** What has no room in the bar. It names the news of what is behind it. */
  #more(names: readonly ControlName[], controls: Controls) {
    const { more } = this.session.t.controls;
    const news = names.map((name) => controls[name]).find((control) => control?.news && control.count !== undefined);
    return html`<button class="control plain" data-name="more" popovertarget="more">
        <span class="disc">${icon('more')}</span>
        <span class="text">${more}</span>
        ${news ? html`<span class="count news">${news.count}</span>` : nothing}
      </button>
      <div
        id="more"
        class="more"
        popover
        role="group"
        aria-label=${more}
        @toggle=${(event: ToggleEvent) => event.newState === 'open' && this.#placeMore()}
      >
        ${names.map((name) => this.#entry(name, controls[name]!))}
      </div>`;
  }

  #entry(name: ControlName, { icon: iconName, label, pressed, busy = false, count, act }: Control) {
    const choose = () => {
      this.#moreMenu?.hidePopover();
      act();
    };
    return html`<button
      class="entry"
      data-name=${name}
      aria-pressed=${pressed ?? nothing}
      aria-busy=${busy}
      @click=${choose}
    >
      ${icon(iconName)}<span class="text">${label}</span>
      ${count === undefined ? nothing : html`<span class="count">${count}</span>`}
    </button>`;
  }

  get #moreButton(): HTMLElement | null {
    return this.renderRoot.querySelector('.control[data-name=more]');
  }

  get #moreMenu(): HTMLElement | null {
    return this.renderRoot.querySelector('.more[popover]');
  }

  /** A popover stands in the window, wherever the room is on the page. */
  #placeMore(): void {
    const [button, menu] = [this.#moreButton, this.#moreMenu];
    if (!button || !menu) return;
    const window = { width: innerWidth, height: innerHeight };
    const { left, top } = placeMenu(button.getBoundingClientRect(), menu.getBoundingClientRect(), window);
    menu.style.left = `${left}px`;
    menu.style.top = `${top}px`;
    menu.querySelector('button')?.focus();
  }

  #switches(): Controls {
    const { media, t, room } = this.session;
    const { slots } = media;
    const { controls: words } = t;
    const slotControl = (source: CaptureSource, on: IconName, off: IconName, label: string): Controls =>
      media.may(source)
        ? {
            [source]: {
              icon: slots[source].on ? on : off,
              label,
              pressed: slots[source].on,
              busy: slots[source].busy,
              act: () => this.#ask(source),
            },
          }
        : {};
    const sharing = room.localParticipant.tracks.has('screen');
    // Phones can not share their screen.
    const canShare = media.may('screen') && 'getDisplayMedia' in navigator.mediaDevices;
    return {
      ...slotControl('microphone', 'microphone', 'microphoneOff', words.microphone),
      ...slotControl('camera', 'camera', 'cameraOff', words.camera),
      ...slotControl('teaCloseUp', 'cup', 'cup', words.closeUp),
      ...(canShare
        ? { screen: { icon: 'screen', label: words.screen, pressed: sharing, act: () => this.#ask('screen') } }
        : {}),
    };
  }

  #pages(): Controls {
    const { session } = this;
    const { stills, chat, t, room } = session;
    const { controls: words } = t;
    const hasGuide = room.guide.current !== null;
    const leads = room.grants?.lead === true;
    const unread = chat.unread === 0 ? undefined : chat.unread > 99 ? '99+' : String(chat.unread);
    const panel = (name: PanelName, iconName: IconName, label: string, count?: string): Control => ({
      icon: iconName,
      label,
      pressed: this.panel === name,
      count,
      act: () => this.dispatchEvent(new CustomEvent('panel', { detail: name })),
    });
    const settings = () => this.dispatchEvent(new CustomEvent('cx-settings', { bubbles: true, composed: true }));
    return {
      ...(hasGuide || leads ? { guide: panel('guide', 'guide', words.guide) } : {}),
      ...(hasGuide && room.grants?.notes ? { notes: panel('notes', 'notes', words.notes) } : {}),
      ...(mayConverse(session.aside) ? { chat: { ...panel('chat', 'chat', t.chat.control, unread), news: true } } : {}),
      ...(stills.mayList ? { stills: panel('stills', 'pictures', t.stills.control, countOf(stills)) } : {}),
      people: panel('people', 'people', words.people, String(session.people.length)),
      settings: { icon: 'settings', label: words.settings, act: settings },
      leave: { icon: 'leave', label: words.leave, act: () => void session.leave() },
    };
  }

  #ask(source: CaptureSource | 'screen'): void {
    this.dispatchEvent(new CustomEvent('cx-toggle', { detail: source, bubbles: true, composed: true }));
  }
}
customElements.define('cx-controls', ControlsBar);

/** What is known of; more where older ones have not been loaded. */
function countOf({ list, complete }: Stills): string | undefined {
  return list.length === 0 ? undefined : `${list.length}${complete ? '' : '+'}`;
}

function toButton(name: ControlName, control: Control): TemplateResult {
  const { label, pressed, busy = false, count, news = false } = control;
  return html`<button
    class="control ${pressed === undefined ? 'plain' : ''}"
    aria-pressed=${pressed ?? nothing}
    aria-busy=${busy}
    data-name=${name}
    @click=${() => control.act()}
  >
    <span class="disc">${icon(control.icon)}</span>
    <span class="text">${label}</span>
    ${count === undefined ? nothing : html`<span class="count ${news ? 'news' : ''}">${count}</span>`}
  </button>`;
}
