/**
 * What a page can import from the SDK. Each entry is a bundle of its own: who only watches loads the first alone.
 *
 * @typedef {object} SdkEntry
 * @property {string} source within client-sdk/
 * @property {string} bundle name of the output without `.js` and `.iife.js`
 * @property {string} types name of the declarations without `.d.ts`
 * @property {string} globalName of the bundle for a page without modules
 */

/** @type {readonly SdkEntry[]} */
export const sdkEntries = [
  { source: 'src/index.ts', bundle: 'chaxi-client', types: 'index', globalName: 'Chaxi' },
  { source: 'src/messaging/index.ts', bundle: 'chaxi-messages', types: 'messages', globalName: 'ChaxiMessages' },
  { source: 'src/color/index.ts', bundle: 'chaxi-color', types: 'color', globalName: 'ChaxiColor' },
];
