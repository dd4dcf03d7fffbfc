import type { AttachmentInfo } from '../../../../protocol/messages.ts';
import type { AttachmentUrl } from '../AttachmentUrl.ts';
import type { RealtimeRequester } from '../connection/RealtimeConnection.ts';
import { httpUrl } from '../../signaling/httpUrl.ts';

/** A link that is about to expire is of no use to whoever clicks it later. */
const KEPT_PART = 0.8;

export interface AttachmentUrlsOptions {
  conversationId: string;
  request: RealtimeRequester;
  serverUrl: () => string;
}

/** The signed links to the files of one conversation, and to own files that are not uploaded yet. */
export class AttachmentUrls {
  readonly #options: AttachmentUrlsOptions;
  readonly #links = new Map<string, { link: Promise<AttachmentUrl>; until: number }>();
  /** By clientId. */
  readonly #own = new Map<string, string>();

  constructor(options: AttachmentUrlsOptions) {
    this.#options = options;
  }

  /** @throws ChaxiError attachmentNotFound, connectionLost, … */
  get({ attachmentId }: AttachmentInfo): Promise<AttachmentUrl> {
    const known = this.#links.get(attachmentId);
    if (known && known.until > performance.now()) return known.link;
    const link = this.#ask(attachmentId);
    this.#links.set(attachmentId, { link, until: Infinity });
    link.catch(() => this.#links.delete(attachmentId));
    return link;
  }

  /** Of a message that is not stored yet. */
  ofFile(clientId: string, file: Blob): AttachmentUrl {
    const url = this.#own.get(clientId) ?? URL.createObjectURL(file);
    this.#own.set(clientId, url);
    return { url, previewUrl: file.type.startsWith('image/') ? url : null };
  }

  close(): void {
    for (const url of this.#own.values()) URL.revokeObjectURL(url);
    this.#own.clear();
  }

  async #ask(attachmentId: string): Promise<AttachmentUrl> {
    const { conversationId, request, serverUrl } = this.#options;
    const answer = await request('attachmentUrl', { conversationId, attachmentId });
    // By this clock and not by the date, which jumps.
    const known = this.#links.get(attachmentId);
    if (known) known.until = performance.now() + answer.expiresInMs * KEPT_PART;
    const base = answer.serverUrl ?? serverUrl();
    return {
      url: httpUrl(base, answer.path),
      previewUrl: answer.previewPath === null ? null : httpUrl(base, answer.previewPath),
    };
  }
}
