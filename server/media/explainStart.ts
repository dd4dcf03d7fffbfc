/** Why a worker did not start, with what to do about it, from what mediasoup and Node say of it. */
export function explainStart(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  const [, ip] = /ip:'([^']*)'/.exec(said) ?? [];
  const [, port] = /port:(\d+)/.exec(said) ?? [];
  if (port && said.includes('address already in use')) {
    return `Port ${port} for media is in use. Stop what uses it, or set media.basePort (CHAXI_MEDIA_BASE_PORT) to another port.`;
  }
  if (ip && said.includes('address not available')) {
    return `This machine has no address ${ip} for media. Correct media.listenIps (CHAXI_MEDIA_LISTEN_IPS).`;
  }
  const [, bin] = /^spawn (.*) E[A-Z]+$/.exec(said) ?? [];
  if (bin) return `The media worker ${bin} can not be started (${said}). Run \`node scripts/setup.mjs\`.`;
  return `The media worker does not start: ${said}`;
}
