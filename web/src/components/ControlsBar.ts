import { css, html, nothing, type TemplateResult } from 'lit';
import type { IconName } from '../design/icons.ts';
import type { CaptureSource } from '../session/CaptureSlot.ts';
import type { Stills } from '../session/Stills.ts';
import { icon } from './icon.ts';
import { SessionElement } from './SessionElement.ts';
import type { PanelName } from './SidePanel.ts';

interface Control {
  icon: IconName;
  label: string;
  /** A switch that is on or off; a plain button where it is missing. */
  pressed?: boolean;
  busy?: boolean;
  count?: string;
  /** The number is of what one has not seen yet. */
  news?: boolean;
  wideOnly?: boolean;
  /** The panel that it opens. */
  panel?: PanelName;
  act(): void;
}

/** What one can do in the room. A switch that is on is filled, one that is off is hollow: nothing here has a colour. */
export class ControlsBar extends SessionElement {
  static override properties = { ...SessionElement.properties, panel: {} };
  static override styles = [
    ...[SessionElement.styles].flat(),
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto minmax(0, 1fr);
        align-items: center;
        gap: var(--cx-space-2) var(--cx-space-3);
        padding: var(--cx-space-2) var(--cx-space-3);
        padding-block-end: max(var(--cx-space-2), env(safe-area-inset-bottom));
      }
      h1 {
        font-size: var(--cx-size-body);
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      h1:focus {
        outline: none;
      }
      .group {
        display: flex;
        justify-content: center;
        gap: var(--cx-space-1);
      }
      .group.end {
        justify-content: flex-end;
      }
      .control {
        position: relative;
        display: grid;
        justify-items: center;
        gap: 2px;
        min-width: 72px;
        padding: var(--cx-space-1) 2px;
        border: 0;
        border-radius: var(--cx-radius);
        background: none;
        font-size: var(--cx-size-small);
        line-height: 1.4;
        white-space: nowrap;
        cursor: pointer;
      }
      .disc {
        display: grid;
        place-items: center;
        width: 48px;
        height: 48px;
        border: 1px solid var(--cx-control-line);
        border-radius: 50%;
        transition: background-color var(--cx-quick);
      }
      .control[aria-pressed='true'] .disc {
        border-color: transparent;
        background: var(--cx-inverse);
        color: var(--cx-on-inverse);
      }
      .control[aria-busy='true'] .disc {
        opacity: 0.5;
      }
      .end .control[aria-pressed='false'] .disc,
      .plain .disc {
        border-color: transparent;
      }
      @media (hover: hover) {
        .control:not([aria-pressed='true']):hover .disc {
          background: var(--cx-surface);
        }
      }
      .count {
        position: absolute;
        inset-block-start: 2px;
        inset-inline-start: calc(50% + 8px);
        min-width: 20px;
        padding: 0 5px;
        border: 1px solid var(--cx-control-line);
        border-radius: 10px;
        background: var(--cx-surface);
        font-size: 0.75rem;
        line-height: 18px;
        text-align: center;
      }
      .count.news {
        border-color: transparent;
        background: var(--cx-inverse);
        color: var(--cx-on-inverse);
      }
      @container (max-width: 700px) {
        :host {
          grid-template-columns: auto;
          padding-inline: var(--cx-space-1);
        }
        h1 {
          position: absolute;
          width: 1px;
          height: 1px;
          clip-path: inset(50%);
        }
        .groups {
          display: flex;
          justify-content: space-evenly;
        }
        /* All controls share the width alike: up to eight, with a word each. */
        .group {
          display: contents;
        }
        .control {
          flex: 1 1 0;
          min-width: 40px;
          max-width: 72px;
          padding-inline: 0;
          font-size: clamp(0.6875rem, 3cqw, 0.8125rem);
        }
        .disc {
          width: clamp(40px, 11.4cqw, 48px);
          height: clamp(40px, 11.4cqw, 48px);
        }
        .wide {
          display: none;
        }
      }
      @container (max-height: 480px) {
        :host {
          padding-block: var(--cx-space-1);
        }
        .control {
          min-width: 56px;
        }
        .disc {
          width: 44px;
          height: 44px;
        }
        .text {
          position: absolute;
          width: 1px;
          height: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
      }
      @container (min-width: 700.1px) {
        .groups {
          display: contents;
        }
      }
    `,
  ];

  /** The panel that is open. */
  declare panel: PanelName | null;

  /** Where a panel was opened from. */
  focusOpener(panel: PanelName): void {
    this.renderRoot.querySelector<HTMLElement>(`[data-panel=${panel}]`)?.focus();
  }

  protected override render() {
    const { session } = this;
    const { controls } = session.t;
    return html`<h1 tabindex="-1">${session.room.info?.name ?? session.peek?.room ?? session.t.room.label}</h1>
      <div class="groups" role="group" aria-label=${controls.label}>
        <div class="group">${this.#switches().map(toButton)}</div>
        <div class="group end">${this.#pages().map(toButton)}</div>
      </div>`;
  }

  #switches(): Control[] {
    const { media, t, room } = this.session;
    const { slots } = media;
    const { controls } = t;
    const slotControl = (source: CaptureSource, on: IconName, off: IconName, label: string): Control[] =>
      media.may(source)
        ? [
            {
              icon: slots[source].on ? on : off,
              label,
              pressed: slots[source].on,
              busy: slots[source].busy,
              act: () => this.#ask(source),
            },
          ]
        : [];
    const sharing = room.localParticipant.tracks.has('screen');
    // Phones can not share their screen.
    const canShare = media.may('screen') && 'getDisplayMedia' in navigator.mediaDevices;
    return [
      ...slotControl('microphone', 'microphone', 'microphoneOff', controls.microphone),
      ...slotControl('camera', 'camera', 'cameraOff', controls.camera),
      ...slotControl('teaCloseUp', 'cup', 'cup', controls.closeUp),
      ...(canShare
        ? [
            {
              icon: 'screen',
              label: controls.screen,
              pressed: sharing,
              wideOnly: true,
              act: () => this.#ask('screen'),
            } as const,
          ]
        : []),
    ];
  }

  #pages(): Control[] {
    const { stills, chat, t } = this.session;
    const { controls } = t;
    const send = (name: string) => () => this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true }));
    const unread = chat.unread === 0 ? undefined : chat.unread > 99 ? '99+' : String(chat.unread);
    return [
      { ...this.#panelControl('chat', 'chat', t.chat.control, unread), news: true },
      ...(stills.mayList ? [this.#panelControl('stills', 'pictures', t.stills.control, countOf(stills))] : []),
      this.#panelControl('people', 'people', controls.people, String(this.session.people.length)),
      { icon: 'settings', label: controls.settings, act: send('cx-settings') },
      { icon: 'leave', label: controls.leave, act: () => void this.session.leave() },
    ];
  }

  #panelControl(panel: PanelName, iconName: IconName, label: string, count?: string): Control {
    const act = () => this.dispatchEvent(new CustomEvent('panel', { detail: panel }));
    return { icon: iconName, label, pressed: this.panel === panel, count, panel, act };
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

function toButton(control: Control): TemplateResult {
  const { label, pressed, busy = false, count, news = false, wideOnly = false, panel } = control;
  return html`<button
    class="control ${pressed === undefined ? 'plain' : ''} ${wideOnly ? 'wide' : ''}"
    aria-pressed=${pressed ?? nothing}
    aria-busy=${busy}
    data-panel=${panel ?? nothing}
    @click=${() => control.act()}
  >
    <span class="disc">${icon(control.icon)}</span>
    <span class="text">${label}</span>
    ${count === undefined ? nothing : html`<span class="count ${news ? 'news' : ''}">${count}</span>`}
  </button>`;
}
