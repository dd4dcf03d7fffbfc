import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { AttachmentSigner } from './AttachmentSigner.ts';

/** What goes with each request of an upload. */
export interface UploadPermit {
  attachmentId: string;
  /** As `createAttachment` gave it. */
  token: string;
}

/** Expiry in seconds since 1970, API key, signature. */
const TOKEN = /^(\d{1,12})\.([A-Za-z0-9_-]{1,128})\.([A-Za-z0-9_-]{43})$/;

export function makeUploadToken(
  signer: AttachmentSigner,
  { tenant, attachmentId, expires }: { tenant: string; attachmentId: string; expires: number },
): string {
  return [expires, tenant, signer.sign({ tenant, attachmentId, use: 'upload', expires })].join('.');
}

/** Of whom the upload is, without a look at what is stored. @throws attachmentNotFound where the token is not its own, or too old */
export function tenantOfUpload(signer: AttachmentSigner, { attachmentId, token }: UploadPermit): string {
  const [, expires, tenant = '', signature = ''] = TOKEN.exec(token) ?? [];
  if (!signer.permits({ tenant, attachmentId, use: 'upload', expires: Number(expires) }, signature)) {
    throw new ChaxiError('attachmentNotFound');
  }
  return tenant;
}
