import { consoleLogger, type Logger } from './Logger.ts';
import { defaultReconnectPolicy, type ReconnectPolicy } from './policies/reconnectPolicy.ts';

export interface TastingRoomOptions {
  /** Address of the Chaxi server, e.g. `https://tea.example:4480`. `http(s)` and `ws(s)` are the same here. */
  url: string;
  /** Access token, or a function that fetches one; it is asked again for each connection, also when it reconnects. */
  token: string | (() => string | Promise<string>);
  /** Receive what the attached elements show: their size decides the layer, hidden ones pause. Default true. */
  adaptiveSubscription?: boolean;
  /** How long to wait before each attempt to reconnect. Default: `defaultReconnectPolicy`. */
  reconnectPolicy?: ReconnectPolicy;
  /** `relay` sends media over TURN servers only. Default `all`. */
  iceTransportPolicy?: RTCIceTransportPolicy;
  /** Default: warnings and errors to the console. */
  logger?: Logger;
}

/** @internal The options with every default filled in. */
export type ResolvedOptions = Required<Omit<TastingRoomOptions, 'iceTransportPolicy'>> &
  Pick<TastingRoomOptions, 'iceTransportPolicy'>;

/** @internal @throws TypeError for an address that is no URL */
export function resolveOptions(options: TastingRoomOptions): ResolvedOptions {
  const { protocol } = new URL(options.url);
  if (!/^(https?|wss?):$/.test(protocol)) throw new TypeError(`${options.url} is not a http(s) or ws(s) address`);
  return {
    adaptiveSubscription: true,
    reconnectPolicy: defaultReconnectPolicy,
    logger: consoleLogger,
    ...withoutUndefined(options),
  };
}

function withoutUndefined(options: TastingRoomOptions): TastingRoomOptions {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as unknown as TastingRoomOptions;
}
