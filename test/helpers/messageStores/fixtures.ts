import { uuidV7 } from '../../../server/base/uuidV7.ts';
import type { AppendRequest } from '../../../server/storage/messages/appendMessages.ts';
import type { NewAttachment } from '../../../server/storage/messages/AttachmentStore.ts';

/** When the tests take place. */
export const NOW = 1_795_000_000_000;

let numbers = 0;

/** A number that no other test has. */
export function unique(): number {
  return (numbers += 1);
}

export function nameOf(identity: string): string {
  return `Name of ${identity}`;
}

/** A message that was not sent yet. */
export function draft({
  text = 'tea',
  ...changes
}: Partial<AppendRequest['messages'][number]> & { text?: string } = {}): AppendRequest['messages'][number] {
  return {
    clientId: `device-of-test:${unique()}`,
    content: { type: 'text', text },
    replyTo: null,
    mentions: [],
    ...changes,
  };
}

export function request(conversationId: string, identity: string, messages = [draft()], sentAt = NOW): AppendRequest {
  return { conversationId, from: { identity, name: nameOf(identity) }, sentAt, messages };
}

export function newFile(
  { tenant, conversationId }: { tenant: string; conversationId: string },
  uploader: string,
  changes: Partial<NewAttachment> = {},
): NewAttachment {
  return {
    attachmentId: uuidV7(NOW),
    tenant,
    conversationId,
    uploader,
    name: '茶.pdf',
    sizeBytes: 2 ** 40,
    nodeId: null,
    createdAt: NOW,
    ...changes,
  };
}

/** What an error that reaches a caller is. */
export async function codeOf(outcome: Promise<unknown>): Promise<string> {
  return outcome.then(
    () => 'none',
    (error: unknown) => (error as { code?: string }).code ?? String(error),
  );
}

/** All that a generator gives. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
