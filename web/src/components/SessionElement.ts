import type { CSSResultGroup } from 'lit';
import { base } from '../design/base.ts';
import type { RoomSession } from '../session/RoomSession.ts';
import { iconStyles } from './icon.ts';
import { WatchingElement } from './WatchingElement.ts';

/** A part of the page that shows a session and is drawn again when the session changes. */
export abstract class SessionElement extends WatchingElement {
  static override properties = { session: { attribute: false } };
  static override styles: CSSResultGroup = [base, iconStyles];

  declare session: RoomSession;

  protected override get watched(): RoomSession {
    return this.session;
  }

  /** A new page begins: whoever reads it by ear or by keyboard starts at its heading. */
  async focusHeading(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('h1')?.focus();
  }
}
