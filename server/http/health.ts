/** How the server is, for whoever watches over it. */
export interface Health {
  /** False when only a restart helps. */
  live(): boolean;
  /** Whether new sessions are welcome, and if not, why. */
  ready(): { ready: boolean; reasons: string[] };
}
