import type { Endpoint } from '../relay/Endpoint.ts';

/** `candidate:FOUNDATION COMPONENT PROTOCOL PRIORITY ADDRESS PORT typ …` (RFC 8839 section 5.1) */
const CANDIDATE = /^(a=candidate:\S+ \d+ (\S+) \d+) (\S+) (\d+) (.*)$/;

/** A description with other places for its UDP candidates, or without those for which `map` says null; never with others. */
export async function mapCandidates(
  sdp: string,
  map: (candidate: Endpoint) => Promise<Endpoint | null>,
): Promise<string> {
  const lines: string[] = [];
  for (const line of sdp.split('\r\n')) {
    const [, before, protocol, host, port, after] = CANDIDATE.exec(line) ?? [];
    if (!host) {
      lines.push(line);
    } else if (protocol?.toLowerCase() === 'udp') {
      const place = await map({ host, port: Number(port) });
      if (place) lines.push(`${before} ${place.host} ${place.port} ${after}`);
    }
  }
  return lines.join('\r\n');
}
