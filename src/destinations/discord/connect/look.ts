import type { Clock } from '../../../shared/clock.ts';
import { request } from '../../../shared/outbound.ts';
import type { Secret } from '../../../shared/secret.ts';
import { oneLine } from '../../../text/plain.ts';
import { refused, type Unseen } from '../../looked.ts';
import { refusalWords } from '../refusals.ts';
import { webhookAt } from '../webhook.ts';
import { readAnswer, type WebhookAnswer } from '../webhook-answer.ts';

const TIMEOUT_MS = 10_000;

/** A webhook: what it is called, and the id of its channel; of the channel's name it knows nothing. */
export type Seen = { readonly ok: true; readonly name: string; readonly channel: string } | Unseen;

/** Changes and posts nothing: https://docs.discord.com/developers/resources/webhook#get-webhook-with-token */
export async function lookAt(webhookUrl: Secret, signal: AbortSignal, clock: Clock): Promise<Seen> {
  const result = await request({ ...webhookAt(webhookUrl).get(), timeoutMs: TIMEOUT_MS, signal });
  const answer = readAnswer(result, clock.now());
  if (answer.kind !== 'ok') return unseen(answer);
  // Its token is in the answer too, and is nobody's business.
  const { name, channel_id: channel } = answer.data;
  if (typeof channel !== 'string') return { ok: false, kind: 'later', problem: 'the answer names no channel' };
  return {
    ok: true,
    name: typeof name === 'string' ? `"${oneLine(name)}"` : 'without a name',
    channel: oneLine(channel),
  };
}

export function unseen(answer: Exclude<WebhookAnswer, { kind: 'ok' }>): Unseen {
  if (answer.kind === 'refused') return refused(refusalWords(answer));
  const problem = answer.kind === 'later' ? answer.reason : `Discord cannot be reached: ${answer.reason}`;
  return { ok: false, kind: 'later', problem };
}
