import type { Outcome } from '../../model/destination.ts';
import type { Clock } from '../../shared/clock.ts';
import { type OutboundRequest, request } from '../../shared/outbound.ts';
import type { Secret } from '../../shared/secret.ts';
import { judgeAnswer } from './answer.ts';
import type { TeamsMessage } from './card.ts';

const TIMEOUT_MS = 15_000;

/** Starts the workflow with a message: https://learn.microsoft.com/connectors/teams/#when-a-teams-webhook-request-is-received */
export async function post(
  url: Secret,
  message: TeamsMessage,
  clock: Clock,
  context: Pick<OutboundRequest, 'signal' | 'departure'>,
): Promise<Outcome> {
  const result = await request({
    url: url.reveal(),
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(message),
    timeoutMs: TIMEOUT_MS,
    ...context,
  });
  return judgeAnswer(result, clock.now());
}
