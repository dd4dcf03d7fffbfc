import type { DtlsParameters } from '../../../protocol/rtp.ts';

type Fingerprints = DtlsParameters['fingerprints'];
const algorithms: ReadonlySet<string> = new Set(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']);

/** The certificate of both transports, and what the server is told of it. */
export interface DtlsIdentity {
  certificate?: RTCCertificate;
  /** Missing where the browser can not tell them: the server then learns them by `connectTransport`. */
  fingerprints?: Fingerprints;
}

/** Made before the transports are, so that the server can be told in the upgrade. Never rejects. */
export async function createDtlsIdentity(): Promise<DtlsIdentity> {
  try {
    // TypeScript knows AlgorithmIdentifier only; the curve is part of EcKeyGenParams.
    const algorithm: EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' };
    const certificate = await RTCPeerConnection.generateCertificate(algorithm);
    return { certificate, fingerprints: readFingerprints(certificate) };
  } catch {
    return {};
  }
}

function readFingerprints(certificate: RTCCertificate): Fingerprints | undefined {
  if (typeof certificate.getFingerprints !== 'function') return undefined;
  const fingerprints = certificate.getFingerprints().flatMap(({ algorithm, value }) => {
    const known = algorithm?.toLowerCase();
    if (!value || !known || !algorithms.has(known)) return [];
    return [{ algorithm: known as Fingerprints[number]['algorithm'], value: value.toUpperCase() }];
  });
  return fingerprints.length > 0 ? fingerprints : undefined;
}
