/** The address of a path below the server's own. @throws TypeError for a bad address */
export function httpUrl(serverUrl: string, path: string): string {
  const url = new URL(serverUrl);
  url.protocol = url.protocol === 'https:' || url.protocol === 'wss:' ? 'https:' : 'http:';
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}${path}`;
}
