import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import { makePreview } from '../../devices/makePreview.ts';
import { httpUrl } from '../../signaling/httpUrl.ts';
import { uploadStill } from '../../stills/uploadStill.ts';
import type { AttachmentUpload, UploadAttachment, UploadTicket } from './AttachmentUpload.ts';
import { sendByTus } from './sendByTus.ts';

/** A preview can be done without: the file does not wait for it for longer. */
const PREVIEW_TIMEOUT_MS = 10_000;

export const uploadAttachment: UploadAttachment = async (upload) => {
  const { conversationId, name, blob, ticket } = upload;
  if (ticket) {
    try {
      return await send(upload, ticket);
    } catch (error) {
      // After a day, or where its node is gone, the server does not know it any more.
      if (!(error instanceof ChaxiError) || error.code !== 'attachmentNotFound') throw error;
    }
  }
  const created = await upload.createAttachment({ conversationId, name, sizeBytes: blob.size });
  await upload.keepTicket(created);
  return send(upload, created);
};

async function send(upload: AttachmentUpload, { attachmentId, path, token, ...ticket }: UploadTicket): Promise<string> {
  const { blob, progressed, signal } = upload;
  const url = httpUrl(ticket.serverUrl ?? upload.serverUrl, path);
  const preview = await previewOf(blob);
  if (preview) {
    const request = { url: `${url}/preview`, token, blob: preview, timeoutMs: PREVIEW_TIMEOUT_MS, once: true, signal };
    // Of an upload that goes on it may be there already, or come too late.
    await uploadStill(request).catch(() => undefined);
  }
  await sendByTus({ url, token, blob, progressed, signal });
  return attachmentId;
}

/** Null where the file is no picture, or none that this browser can show. */
async function previewOf(blob: Blob): Promise<Blob | null> {
  if (!blob.type.startsWith('image/')) return null;
  const bitmap = await createImageBitmap(blob).catch(() => null);
  if (!bitmap) return null;
  try {
    return await makePreview(bitmap);
  } finally {
    bitmap.close();
  }
}
