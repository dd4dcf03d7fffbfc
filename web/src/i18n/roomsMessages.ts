/** The words of the counter about the rooms of its shop. */
export interface RoomsMessages {
  title: string;
  /** On the tab and beside the heading; how many wait. */
  waitingCount: (count: number) => string;
  waits: (name: string) => string;
  /** Whole minutes. */
  waitedFor: (minutes: number) => string;
  /** For who hears the page. */
  saidWaiting: (name: string, room: string) => string;
  role: (role: string, name: string) => string;
  nobody: string;
  locked: string;
  enterAsHost: string;
  enter: string;
  /** For who hears the page: which one. */
  enterRoom: (room: string) => string;
  entering: string;
  /** The browser opened no tab: the room is one click away. */
  blocked: (room: string) => string;
  blockedLink: string;
  open: string;
  name: string;
  namePlaceholder: string;
  lobby: string;
  lobbyHint: string;
  create: string;
  cancel: string;
  empty: string;
  emptyHint: string;
  loading: string;
}
