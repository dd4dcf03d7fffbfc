import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** How long “copied” is said instead of “copy”. */
const SAID_MS = 2_000;

export type CopyState = 'ready' | 'copied' | 'failed';

/** Copies text for a component, and knows for a while whether the browser allowed it. */
export class CopyController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #state: CopyState = 'ready';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get state(): CopyState {
    return this.#state;
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  async copy(text: string): Promise<void> {
    const copied = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    this.#show(copied ? 'copied' : 'failed');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#show('ready'), SAID_MS);
  }

  #show(state: CopyState): void {
    this.#state = state;
    this.#host.requestUpdate();
  }
}
