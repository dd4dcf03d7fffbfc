/**
 * The bundled text of frameWorker.ts, which scripts/bundle/inlineWorker.mjs puts here, so that the SDK stays one file. Without
 * bundling it is empty.
 */
export const frameWorkerSource: string = '';
