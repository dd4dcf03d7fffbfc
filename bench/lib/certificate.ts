import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface Certificate {
  certFile: string;
  keyFile: string;
  /** SHA-256, as SDP writes it. */
  fingerprint: string;
}

/** Makes a self-signed certificate for loopback addresses by openssl. */
export async function createCertificate(dir: string): Promise<Certificate> {
  const certFile = join(dir, 'cert.pem');
  const keyFile = join(dir, 'key.pem');
  await promisify(execFile)('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '7'],
    ...['-subj', '/CN=chaxi-bench', '-addext', 'subjectAltName=IP:127.0.0.1,IP:127.0.0.2'],
    ...['-keyout', keyFile, '-out', certFile],
  ]);
  const { fingerprint256 } = new X509Certificate(await readFile(certFile));
  return { certFile, keyFile, fingerprint: fingerprint256 };
}
