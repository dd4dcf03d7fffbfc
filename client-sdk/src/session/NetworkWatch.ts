/** `type` is told on phones only; the other properties change all the time and mean nothing here. */
interface NetworkInformation extends EventTarget {
  readonly type?: string;
}

export interface NetworkWatchEvents {
  /** Another network: paths of media are to be found anew, and the socket may be dead. */
  networkChanged(): void;
  /** The page is looked at again after its timers were slowed down or stopped. */
  pageShown(): void;
  /** Nobody looks at the page any more; on a phone it may never come back, and nothing else tells. */
  pageHidden(): void;
  /** The page goes for good. */
  pageLeft(): void;
}

/** What the browser tells of network and page. */
export class NetworkWatch {
  readonly #aborter = new AbortController();

  constructor(events: NetworkWatchEvents) {
    const { signal } = this.#aborter;
    const connection = (navigator as Navigator & { connection?: NetworkInformation }).connection;
    let type = connection?.type;
    connection?.addEventListener(
      'change',
      () => {
        if (connection.type === type || connection.type === 'none') return;
        type = connection.type;
        events.networkChanged();
      },
      { signal },
    );
    addEventListener('online', () => events.networkChanged(), { signal });
    addEventListener('pagehide', (event) => !event.persisted && events.pageLeft(), { signal });
    document.addEventListener(
      'visibilitychange',
      () => (document.visibilityState === 'visible' ? events.pageShown() : events.pageHidden()),
      { signal },
    );
  }

  close(): void {
    this.#aborter.abort();
  }
}
