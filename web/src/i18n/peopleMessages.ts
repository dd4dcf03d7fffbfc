/** Who is here, who waits, and who lets whom in. */
export interface PeopleMessages {
  title: (count: number) => string;
  /** Of those who are here, where others wait above them. */
  here: string;
  invite: string;
  cancel: string;
  /** Who waits, as the host sees it. */
  door: {
    label: string;
    waits: (name: string) => string;
    waitMore: (name: string, others: number) => string;
    waiting: (count: number) => string;
    admit: string;
    admitAll: string;
    admitAside: string;
    decline: string;
    declineTitle: (name: string) => string;
    /** Sent as they stand, so whole sentences. */
    reasons: readonly string[];
    ownWords: string;
    declineNow: string;
    seeAll: string;
  };
  /** What can be done about someone. */
  menu: {
    open: (name: string) => string;
    mute: string;
    hideCamera: string;
    hideCloseUp: string;
    hideScreen: string;
    handOver: string;
    remove: string;
    ban: string;
  };
  questions: {
    handOver: (name: string) => string;
    remove: (name: string) => string;
    ban: (name: string) => string;
  };
  confirm: { handOver: string; remove: string; ban: string };
  /** How the room is kept. */
  keeping: {
    title: string;
    lock: string;
    lockHint: string;
    word: string;
    wordHint: string;
    wordPlaceholder: string;
    save: string;
    saved: string;
    bans: (count: number) => string;
    bannedOn: (when: string) => string;
    lift: string;
    liftOf: (name: string) => string;
  };
  locked: string;
  lockedHint: string;
  hostAway: (name: string, minutes: number) => string;
  aside: {
    label: string;
    /** To the host. */
    leading: (name: string) => string;
    leadingHint: string;
    /** To who is not in the room yet. */
    led: (host: string) => string;
    ledHint: (host: string) => string;
    /** To everyone else. */
    others: (host: string) => string;
    joinAll: string;
    back: string;
    /** In the caption of a picture. */
    tag: string;
  };
  roleChanged: {
    toHost: string;
    toOther: (role: string) => string;
  };
  lobby: {
    title: string;
    hint: (host: string) => string;
    hintNobody: string;
    hintAway: (host: string) => string;
    waiting: string;
    wordOf: (host: string) => string;
    word: string;
    guide: string;
    stills: string;
    leave: string;
    self: string;
  };
  /** The host's reason for not letting someone in. */
  reason: string;
}
