import { css, html } from 'lit';
import type { InvitesMessages } from '../i18n/invitesMessages.ts';
import { SessionElement } from './SessionElement.ts';

type InvitedRole = keyof InvitesMessages['roles'];

/** The second opinion comes first: it is what one needs in the middle of a tasting. */
const roles: readonly InvitedRole[] = ['expert', 'guest', 'observer'];
const HOUR = 3_600;
const DAY = 24 * HOUR;
const lifetimes = [HOUR, 12 * HOUR, DAY, 7 * DAY, 30 * DAY] as const;
const deviceCounts = [1, 2, 3, 5, 10, 50] as const;

/** For whom a link is made, and how far it reaches. */
export class InviteForm extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    invitedRole: { state: true },
    name: { state: true },
    ttlSeconds: { state: true },
    maxUses: { state: true },
    busy: { state: true },
  };
  static override styles = [
    ...[SessionElement.styles].flat(),
    css`
      form {
        display: grid;
        gap: var(--cx-space-3);
      }
      fieldset {
        display: grid;
        grid-template-columns: repeat(3, minmax(0, 1fr));
        gap: var(--cx-space-2);
        margin: 0;
        padding: 0;
        border: 0;
      }
      legend {
        padding: 0 0 var(--cx-space-1);
        font-size: var(--cx-size-small);
        color: var(--cx-text-soft);
      }
      .role {
        display: grid;
        align-content: start;
        gap: 2px;
        min-height: 44px;
        padding: var(--cx-space-2) var(--cx-space-3);
        border: 1px solid var(--cx-control-line);
        border-radius: var(--cx-radius);
        line-height: 1.4;
        cursor: pointer;
      }
      .role:has(:checked) {
        border-color: var(--cx-text);
        box-shadow: inset 0 0 0 1px var(--cx-text);
        background: var(--cx-raised);
      }
      .role:has(:focus-visible) {
        outline: 3px solid var(--cx-accent);
        outline-offset: 2px;
      }
      .role input {
        position: absolute;
        opacity: 0;
      }
      .role span {
        font-size: var(--cx-size-small);
        color: var(--cx-text-soft);
      }
      .two {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: var(--cx-space-3);
      }
      .hint {
        line-height: 1.5;
      }
      @container (max-width: 480px) {
        fieldset {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  declare invitedRole: InvitedRole;
  declare name: string;
  declare ttlSeconds: number;
  declare maxUses: number;
  declare busy: boolean;

  constructor() {
    super();
    this.invitedRole = 'expert';
    this.name = '';
    this.ttlSeconds = DAY;
    this.maxUses = 1;
    this.busy = false;
  }

  protected override render() {
    const { t } = this.session;
    const { invites: words } = t;
    return html`<form @submit=${(event: Event) => void this.#submit(event)}>
      <fieldset>
        <legend>${words.role}</legend>
        ${roles.map(
          (role) =>
            html`<label class="role">
              <input
                type="radio"
                name="role"
                value=${role}
                .checked=${role === this.invitedRole}
                @change=${() => (this.invitedRole = role)}
              />
              ${t.roles[role]}<span>${words.roles[role]}</span>
            </label>`,
        )}
      </fieldset>
      <div class="field">
        <label for="name">${words.name}</label>
        <input
          id="name"
          class="input"
          maxlength="128"
          autocomplete="off"
          placeholder=${words.nameHint}
          .value=${this.name}
          @input=${(event: Event) => (this.name = (event.target as HTMLInputElement).value)}
        />
      </div>
      <div class="two">
        <div class="field">
          <label for="ttl">${words.ttl}</label>
          <select
            id="ttl"
            @change=${(event: Event) => (this.ttlSeconds = Number((event.target as HTMLSelectElement).value))}
          >
            ${lifetimes.map(
              (seconds) =>
                html`<option value=${seconds} .selected=${seconds === this.ttlSeconds}>
                  ${seconds < DAY ? words.hours(seconds / HOUR) : words.days(seconds / DAY)}
                </option>`,
            )}
          </select>
        </div>
        <div class="field">
          <label for="devices">${words.devices}</label>
          <select
            id="devices"
            @change=${(event: Event) => (this.maxUses = Number((event.target as HTMLSelectElement).value))}
          >
            ${deviceCounts.map(
              (count) =>
                html`<option value=${count} .selected=${count === this.maxUses}>${words.deviceCount(count)}</option>`,
            )}
          </select>
        </div>
      </div>
      <p class="hint soft small-text" ?hidden=${this.invitedRole !== 'expert'}>${words.aside}</p>
      <button class="button next" ?disabled=${this.busy}>${this.busy ? words.creating : words.create}</button>
    </form>`;
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const { invitedRole: role, ttlSeconds, maxUses } = this;
    const name = this.name.trim();
    this.busy = true;
    await this.session.invitations.create({ role, name: name === '' ? null : name, ttlSeconds, maxUses });
    // Where it was made, the link stands in the place of the form; where not, what was filled in stays.
    this.busy = false;
  }
}
customElements.define('cx-invite-form', InviteForm);
