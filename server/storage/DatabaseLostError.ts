/** The way to the database broke in the midst of what was asked: nobody knows whether it was done. */
export class DatabaseLostError extends Error {
  constructor(cause?: unknown) {
    super('The thread of the database has ended.', { cause });
    this.name = 'DatabaseLostError';
  }
}
