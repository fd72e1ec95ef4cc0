import { existsSync } from 'node:fs';
import { localUrl } from '../config/describe/place-words.ts';
import { adminTokenOrNull, adminTokenPath } from '../config/read/generated-secret.ts';
import type { ReceiverPlace } from '../config/receiver-place.ts';
import { type OutboundResult, request } from '../shared/outbound.ts';

export const ASK_MS = 3_000;

/** Asks the receiver on this machine for a page of its API, with the admin token where it wants one. */
export async function askReceiver(place: ReceiverPlace, path: string): Promise<OutboundResult> {
  const url = `${localUrl(place)}${path}`;
  const ask = (headers: Record<string, string>) => request({ method: 'GET', url, headers, timeoutMs: ASK_MS });
  const answer = await ask({});
  const token = answer.kind === 'answered' && answer.status === 401 ? keptToken(place) : null;
  return token === null ? answer : ask({ authorization: `Bearer ${token.reveal()}` });
}

/** Nothing is made here: a token that nobody has opens nothing. */
export function keptToken(place: ReceiverPlace): ReturnType<typeof adminTokenOrNull> {
  return place.adminToken === null && !existsSync(adminTokenPath(place.dataDir)) ? null : adminTokenOrNull(place);
}
