import type { Logger } from '../../../../client-sdk/src/Logger.ts';

export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };
