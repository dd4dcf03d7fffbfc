/** The origin (RFC 6454) of an http(s) address without path; a closing slash is forgiven. */
export function toOrigin(value: string): string {
  return new URL(value).origin;
}

export function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) {
    return false;
  }
  const { origin, protocol } = new URL(value);
  return (protocol === 'http:' || protocol === 'https:') && (value === origin || value === `${origin}/`);
}
