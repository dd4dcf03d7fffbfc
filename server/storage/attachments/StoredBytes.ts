/** A file that lies somewhere, read in pieces. */
export interface StoredBytes {
  readonly sizeBytes: number;
  /** So many bytes from a place on; fewer only at the end of the file. */
  read(offset: number, length: number): Promise<Buffer>;
}
