import { css, html, nothing, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from './icon.ts';
import './PersonRow.ts';
import './RoomKeeping.ts';
import { SidePanel } from './SidePanel.ts';
import './WaitingList.ts';

/** Who waits and who is here, with what the own grants allow to do about it. Fires `invite`. */
export class PeoplePanel extends SidePanel {
  static override styles = [
    ...SidePanel.styles,
    css`
      h3 {
        margin-block: var(--cx-space-2) 0;
        font-size: var(--cx-size-small);
        font-weight: 400;
        color: var(--cx-text-soft);
      }
      .part {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--cx-space-2);
        min-height: 44px;
      }
      .waiting {
        margin-block-end: var(--cx-space-3);
        padding: 0 var(--cx-space-3) var(--cx-space-1);
        border-radius: var(--cx-radius);
        background: var(--cx-raised);
      }
      .invite {
        width: 100%;
        margin-block: var(--cx-space-2);
      }
      cx-person + cx-person {
        border-block-start: 1px solid var(--cx-line);
      }
    `,
  ];

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (changed.get('hidden') === true && this.session.room.grants?.moderate) void this.session.hosting.loadBans();
  }

  protected override render() {
    const { session } = this;
    const { people, waiting, invitations, t } = session;
    const { grants } = session.room;
    const { people: words } = t;
    return html`${this.header(words.title(people.length))}
      <div class="scroll">
        ${waiting.length > 0 ? this.#waiting() : nothing}
        ${
          invitations.may
            ? html`<button class="button invite" @click=${() => this.dispatchEvent(new CustomEvent('invite'))}>
                ${icon('addPerson')}${words.invite}
              </button>`
            : nothing
        }
        ${waiting.length > 0 ? html`<h3>${words.here}</h3>` : nothing}
        ${repeat(
          people,
          ({ participantId }) => participantId,
          (person) => html`<cx-person .session=${session} .person=${person}></cx-person>`,
        )}
        ${grants?.moderate || grants?.admit ? html`<cx-keeping .session=${session}></cx-keeping>` : nothing}
      </div>`;
  }

  #waiting() {
    const { session } = this;
    const { waiting, hosting, t } = session;
    const { door } = t.people;
    return html`<section class="waiting" aria-label=${door.label}>
      <div class="part">
        <h3>${door.waiting(waiting.length)}</h3>
        ${
          waiting.length > 1
            ? html`<button class="button small" @click=${() => void hosting.admitAll()}>${door.admitAll}</button>`
            : nothing
        }
      </div>
      <cx-waiting-list .session=${session}></cx-waiting-list>
    </section>`;
  }
}
customElements.define('cx-people', PeoplePanel);
