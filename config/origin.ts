/** An origin as browsers write it: without the closing slash that people add. */
export function toOrigin(value: string): string {
  return value.replace(/\/$/, '');
}

/** Whether this is the origin (RFC 6454) of http(s) addresses; a closing slash is forgiven. */
export function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) {
    return false;
  }
  const { origin, protocol } = new URL(value);
  return (protocol === 'http:' || protocol === 'https:') && (value === origin || value === `${origin}/`);
}
