import { request } from '../../../shared/outbound.ts';
import { quoted } from '../../../text/plain.ts';
import { objectIn } from '../../answer-text.ts';
import type { Unseen } from '../../looked.ts';
import { judgeAnswer } from '../answer.ts';

export type Seen = { readonly ok: true; readonly words: string } | Unseen;

/** Whether a Gotify is there. What a token may do shows only when something is posted. https://gotify.net/api-docs#/version */
export async function lookAt(url: string, signal: AbortSignal, now: number): Promise<Seen> {
  const result = await request({ method: 'GET', url: `${url}/version`, timeoutMs: 10_000, signal });
  const data = result.kind === 'answered' && result.status === 200 ? objectIn(result.text) : null;
  if (typeof data?.['version'] === 'string')
    return { ok: true, words: `Gotify ${quoted(data['version'], 40)} answers` };
  const outcome = judgeAnswer(result, now);
  if (outcome.kind === 'sent')
    return { ok: false, kind: 'later', problem: 'answered, but not as Gotify does; check url' };
  return { ok: false, kind: outcome.kind === 'broken' ? 'refused' : 'later', problem: outcome.reason };
}
