/** One text for a room of a tenant (API key), for a map. */
export function keyOfRoom({ tenant, room }: { tenant: string; room: string }): string {
  return JSON.stringify([tenant, room]);
}
