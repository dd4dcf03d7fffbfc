/** Where the SDK writes what it does. Never a token, a secret or a stack of the server. */
export interface Logger {
  debug(message: string, detail?: unknown): void;
  info(message: string, detail?: unknown): void;
  warn(message: string, detail?: unknown): void;
  error(message: string, detail?: unknown): void;
}

/** Warnings and errors go to the console, the rest is dropped. */
export const consoleLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: (message, detail) => console.warn(`[chaxi] ${message}`, ...(detail === undefined ? [] : [detail])),
  error: (message, detail) => console.error(`[chaxi] ${message}`, ...(detail === undefined ? [] : [detail])),
};
