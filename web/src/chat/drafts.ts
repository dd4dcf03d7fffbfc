const PREFIX = 'chaxi.draft.';

/** Of one person in one conversation: a device of the shop may be used by several. */
export function draftKey(identity: string, conversationId: string): string {
  return `${identity}/${conversationId}`;
}

/** What was written and not sent, kept in this browser only. A browser that keeps nothing just forgets. */
export function loadDraft(key: string): string {
  try {
    return localStorage.getItem(PREFIX + key) ?? '';
  } catch {
    return '';
  }
}

export function saveDraft(key: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, text);
  } catch {
    // Nothing to do: it holds for this page.
  }
}
