interface Turn {
  cut: () => void;
  ended: Promise<void>;
}

/** One request at a time for each upload. A later one takes the place of one that hangs, as a page that lost its network leaves behind. */
export class UploadTurns {
  /** By upload, the latest. */
  readonly #turns = new Map<string, Turn>();

  /** @param cut Ends this work before its time; called at most once for each that comes after it. */
  async take<T>(attachmentId: string, cut: () => void, work: () => Promise<T>): Promise<T> {
    const former = this.#turns.get(attachmentId);
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const turn = { cut, ended };
    this.#turns.set(attachmentId, turn);
    former?.cut();
    try {
      if (former) await former.ended;
      return await work();
    } finally {
      end();
      if (this.#turns.get(attachmentId) === turn) this.#turns.delete(attachmentId);
    }
  }
}
