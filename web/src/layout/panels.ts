/** What can stand beside the stage, one at a time. */
export const panelNames = ['guide', 'notes', 'chat', 'stills', 'people', 'cup'] as const;
export type PanelName = (typeof panelNames)[number];

/**
 * Where a panel is on a phone, which shows one thing at a time: over all of the room, as a sheet over the lower part of the
 * stage, or below the stage, for what one reads or changes while one looks at the cup.
 */
export type PhonePlace = 'whole' | 'sheet' | 'below';

export const phonePlaces: Readonly<Record<PanelName, PhonePlace>> = {
  guide: 'whole',
  notes: 'whole',
  chat: 'whole',
  stills: 'sheet',
  people: 'sheet',
  cup: 'below',
};

/** CSS pixels of the room's width up to which it is laid out for a phone; the container queries of the styles say the same. */
export const PHONE_WIDTH = 700;

/** Beside what is below the stage, a phone has room for one picture: that of the stage. */
export function showsStrip(panel: PanelName | null, roomWidth: number): boolean {
  return roomWidth > PHONE_WIDTH || panel === null || phonePlaces[panel] !== 'below';
}
