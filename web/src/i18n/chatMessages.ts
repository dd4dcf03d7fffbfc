/** The words of messages: in the room, at the counter, and in a shop's page. */
export interface ChatMessages {
  /** Of the button in the room. */
  control: string;
  title: string;
  unread: (count: number) => string;
  /** Of the list, for who hears it. */
  log: string;
  empty: string;
  emptyHint: string;
  /** To those who may not write. */
  readOnly: string;
  loading: string;
  today: string;
  yesterday: string;
  /** The line above what has not been read. */
  newBelow: string;
  newMessages: (count: number) => string;
  toLatest: string;
  you: string;
  online: string;
  onlineCount: (count: number) => string;
  memberCount: (count: number) => string;
  typing: (name: string, others: number) => string;
  edited: string;
  deleted: string;
  status: Readonly<Record<'sending' | 'sent' | 'delivered' | 'read' | 'failed', string>>;
  /** In a conversation of several. */
  readBy: (count: number) => string;
  receipts: {
    title: string;
    read: string;
    delivered: string;
    waiting: string;
  };
  retry: string;
  discard: string;
  /** Opens what can be done with a message. */
  actions: (name: string) => string;
  reply: string;
  edit: string;
  copy: string;
  delete: string;
  deleteQuestion: string;
  deleteConfirm: string;
  cancel: string;
  react: (emoji: string) => string;
  reacted: (emoji: string, names: string) => string;
  replyingTo: (name: string) => string;
  editing: string;
  /** In place of a quoted message that can not be shown. */
  quoteGone: string;
  /** Jumps to the message that is quoted. */
  quoteOf: (name: string) => string;
  compose: {
    label: string;
    placeholder: string;
    send: string;
    save: string;
    attach: string;
    mention: string;
  };
  offline: string;
  offlineHint: string;
  connecting: string;
  upload: {
    progress: (percent: number) => string;
    cancel: (name: string) => string;
    drop: string;
  };
  voice: {
    record: string;
    recording: (duration: string) => string;
    send: string;
    cancel: string;
    message: (duration: string) => string;
    play: string;
    pause: string;
    position: string;
    speed: (rate: string) => string;
    failed: string;
  };
  picture: {
    open: (name: string) => string;
    close: string;
    failed: string;
  };
  file: {
    save: (name: string, size: string) => string;
    keep: (name: string) => string;
  };
  cards: {
    invite: string;
    join: string;
    startsAt: (time: string) => string;
    open: string;
    still: string;
    view: string;
    guide: string;
    takenBy: (name: string) => string;
  };
  /** A message in a line, where it has no text of its own. */
  summary: {
    image: string;
    voice: string;
    file: (name: string) => string;
    invite: string;
    still: string;
    guide: string;
    deleted: string;
    by: (name: string, text: string) => string;
  };
  /** From the stills of the room. */
  sendStill: string;
  stillSent: string;
  notice: (name: string, text: string) => string;
  open: string;
  counter: {
    title: string;
    /** Of the list. */
    conversations: string;
    search: string;
    searchPlaceholder: string;
    clear: string;
    empty: string;
    emptyHint: string;
    choose: string;
    chooseHint: string;
    found: string;
    nothingFound: (query: string) => string;
    kinds: Readonly<Record<'room' | 'shop' | 'group', string>>;
    back: string;
    more: string;
    mentioned: string;
    /** Of the document, while something is unread. */
    windowTitle: (unread: number, brand: string) => string;
    draft: (text: string) => string;
  };
  page: {
    /** Over the conversation of a customer with the shop. */
    shop: string;
    /** On the first page, of the demo. */
    demoHint: string;
    roles: Readonly<Record<'counter' | 'customer', string>>;
    demoRoles: Readonly<Record<'counter' | 'customer', string>>;
  };
}
