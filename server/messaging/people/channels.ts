/** A person on whatever device and node. */
export interface PersonKey {
  /** API key. */
  tenant: string;
  identity: string;
}

/** Names of those whom an event is for: sockets listen to the channels of their person. */
export const channels = {
  /** All devices of one person. A tenant, being an API key, has no colon. */
  person: ({ tenant, identity }: PersonKey) => `person:${tenant}:${identity}`,
  /** All members of a conversation who are connected. */
  conversation: (conversationId: string) => `conversation:${conversationId}`,
  /** Whoever stands at the counter of a shop. */
  counter: (tenant: string) => `counter:${tenant}`,
} as const;

/** Whose channel it is. */
export function personOfChannel(channel: string): PersonKey {
  const [, tenant = '', ...identity] = channel.split(':');
  return { tenant, identity: identity.join(':') };
}
