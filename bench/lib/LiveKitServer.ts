import { SignJWT } from 'jose';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { freePorts } from './freePorts.ts';
import { API_KEY, API_SECRET } from './ServerNode.ts';
import { ServerProcess } from './ServerProcess.ts';
import type { RemoteTarget, TokenRequest } from './Target.ts';

const LOOPBACK = '127.0.0.1';
const START_TIMEOUT_MS = 10_000;
const HOW_TO_GET_ONE = `There is no livekit-server. Build one with Go:
  go install github.com/livekit/livekit-server/cmd/server@v1.13.5
and name it in LIVEKIT_SERVER_BIN (it is $(go env GOPATH)/bin/server), or put it into the PATH as livekit-server.
Or give the address of one that runs: --livekit URL --livekit-key KEY --livekit-secret SECRET.
(Later versions replace modules in go.mod, which \`go install\` refuses; build those from a checkout.)`;

/** A LiveKit server of our own in a process of its own, on free ports of 127.0.0.1. */
export class LiveKitServer {
  readonly httpPort: number;
  readonly udpPort: number;
  readonly #process: ServerProcess;

  /** @throws Error that says how to get one where there is none, or why the one that is there does not start */
  static async start({ dir, announcedAddress }: { dir: string; announcedAddress: string }): Promise<LiveKitServer> {
    const bin = findLiveKit();
    if (!bin) throw new Error(HOW_TO_GET_ONE);
    const httpPort = await freePorts(2, [LOOPBACK, announcedAddress]);
    const file = join(dir, 'livekit.yaml');
    await writeFile(file, JSON.stringify(configOf(httpPort, announcedAddress)));
    const server = new ServerProcess({ name: bin, command: bin, args: ['--config', file] });
    await server.untilReady(() => answers(`http://${LOOPBACK}:${httpPort}/`), START_TIMEOUT_MS);
    return new LiveKitServer(server, httpPort);
  }

  private constructor(server: ServerProcess, httpPort: number) {
    this.#process = server;
    this.httpPort = httpPort;
    this.udpPort = httpPort + 1;
  }

  get pid(): number {
    return this.#process.pid;
  }

  close(): Promise<void> {
    // It would wait for its participants.
    return this.#process.close('SIGKILL');
  }
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** Its version, for the result. */
export function liveKitVersion(): string {
  const bin = findLiveKit();
  return bin
    ? execFileSync(bin, ['--version'], { encoding: 'utf8' })
        .trim()
        .replace(/^.*version /, '')
    : 'of the URL';
}

/** LiveKit's own claims; made here so that its server SDK is not needed. */
export function liveKitToken(remote: RemoteTarget | null, { room, identity }: TokenRequest): Promise<string> {
  const { apiKey, apiSecret } = remote ?? { apiKey: API_KEY, apiSecret: API_SECRET };
  return new SignJWT({ video: { room, roomJoin: true, canPublish: true, canSubscribe: true } })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(apiKey)
    .setSubject(identity)
    .setExpirationTime('1d')
    .sign(new TextEncoder().encode(apiSecret));
}

/** Where it is, if it is anywhere. */
export function findLiveKit(): string | undefined {
  const inPath = (process.env.PATH ?? '').split(delimiter).map((dir) => join(dir, 'livekit-server'));
  return [process.env.LIVEKIT_SERVER_BIN, ...inPath].find((path) => path && existsSync(path));
}

/** JSON is YAML too. */
function configOf(httpPort: number, announcedAddress: string) {
  return {
    port: httpPort,
    bind_addresses: [LOOPBACK],
    keys: { [API_KEY]: API_SECRET },
    rtc: {
      udp_port: httpPort + 1,
      // It listens on every address, so that a relay could not stand in front of it.
      tcp_port: 0,
      node_ip: announcedAddress,
      use_external_ip: false,
      enable_loopback_candidate: true,
      interfaces: { includes: ['lo'] },
      ips: { includes: [`${LOOPBACK}/32`] },
    },
  };
}
