/** Where a file can be shown and had from, for a while. */
export interface AttachmentUrl {
  url: string;
  /** Of a small picture of it; null where there is none. */
  previewUrl: string | null;
}
