import { request } from '../../../shared/outbound.ts';
import { quoted } from '../../../text/plain.ts';
import { objectIn } from '../../answer-text.ts';
import type { Unseen } from '../../looked.ts';
import { headersFor, topicAt } from '../address.ts';
import { judgeAnswer } from '../answer.ts';
import type { NtfySettings } from '../settings.ts';

export type Seen = { readonly ok: true; readonly words: string } | Unseen;

/**
 * Whether a server is there, and whether it knows the token; posts nothing, and so cannot tell who may write to the topic.
 * https://docs.ntfy.sh/config/#health-checks
 */
export async function lookAt(
  { url, token }: Pick<NtfySettings, 'url' | 'token'>,
  signal: AbortSignal,
  now: number,
): Promise<Seen> {
  const path = token ? 'v1/account' : 'v1/health';
  const headers = token ? headersFor({ token }) : {};
  const result = await request({
    method: 'GET',
    url: topicAt(url).root + path,
    headers,
    timeoutMs: 10_000,
    signal,
  });
  const data = result.kind === 'answered' && result.status === 200 ? objectIn(result.text) : null;
  if (data?.['healthy'] === true) return { ok: true, words: 'ntfy answers' };
  if (typeof data?.['username'] === 'string') {
    return { ok: true, words: `ntfy knows the token, of ${quoted(data['username'], 60)}` };
  }
  const outcome = judgeAnswer(result, now);
  if (outcome.kind === 'sent')
    return { ok: false, kind: 'later', problem: 'answered, but not as ntfy does; check url' };
  return { ok: false, kind: outcome.kind === 'broken' ? 'refused' : 'later', problem: outcome.reason };
}
