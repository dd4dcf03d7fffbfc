/** Version of the signaling protocol. A client of another version is refused with `protocolVersion`. */
export const PROTOCOL_VERSION = 1;
