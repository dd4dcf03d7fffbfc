import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { TastingExport as ExportedTasting } from '../../../protocol/tastingNotes.ts';
import { httpUrl } from '../signaling/httpUrl.ts';
import { toStill } from '../stills/Still.ts';
import type { TastingExport } from './TastingExport.ts';

/** Asks a node by HTTP, for which one need not be in the room. @throws ChaxiError what it answered; serverUnreachable */
export async function fetchExport(serverUrl: string, token: string): Promise<TastingExport> {
  const headers = { Authorization: `Bearer ${token}` };
  const body = await fetch(httpUrl(serverUrl, '/tasting'), { headers, credentials: 'omit', cache: 'no-store' })
    .then(async (response) => ({ ok: response.ok, json: (await response.json()) as unknown }))
    .catch((error: unknown) => {
      throw new ChaxiError('serverUnreachable', { cause: error });
    });
  if (!body.ok) throw ChaxiError.fromBody((body.json as { error?: unknown } | null)?.error);
  const { stills, ...rest } = body.json as ExportedTasting;
  return { ...rest, stills: stills.map((info) => toStill(serverUrl, info)) };
}
