import type { Outcome } from '../../model/destination.ts';
import type { OutboundResult } from '../../shared/outbound.ts';
import { objectIn } from '../answer-text.ts';
import { judgeCommon, saidIn } from '../judge.ts';
import { retryAfterMs } from '../retry-after.ts';

/** What of an answer is not the same as everybody's: https://core.telegram.org/bots/api#making-requests */
export interface ApiAnswer {
  readonly outcome: Outcome;
  /** Empty where it was a no. */
  readonly result: unknown;
  /** The markup was refused: the same may go without. */
  readonly isMarkup: boolean;
}

const ADD_BOT = 'add the bot to the chat (a channel: as an administrator), then `tidings resume`';

/** There are no codes: by what the description says, in the order of looking. */
const BROKEN: readonly (readonly [description: RegExp, advice: string])[] = [
  [/bot was kicked|not a member|bot was blocked|user is deactivated|can't initiate/i, ADD_BOT],
  [/chat not found/i, `check chat_id; ${ADD_BOT}`],
  [/group chat was (?:deactivated|deleted)/i, 'set another chat_id'],
  [/message thread not found|TOPIC_(?:DELETED|CLOSED)/i, 'the topic is closed or gone: check topic_id'],
  [
    /not enough rights|have no rights|CHAT_WRITE_FORBIDDEN|CHAT_RESTRICTED/i,
    'let the bot post there, then `tidings resume`',
  ],
];

/** `now`: ms since 1970. */
export function readAnswer(result: OutboundResult, now: number): ApiAnswer {
  const data = result.kind === 'answered' ? objectIn(result.text) : null;
  const parameters = fieldsOf(data?.['parameters']);
  const wait = parameters['retry_after'];
  const waitMs = typeof wait === 'number' ? retryAfterMs(String(wait), now) : undefined;
  const common = judgeCommon(result, { title: 'Telegram', key: 'TELEGRAM_API_URL', now }, waitMs);
  if (common !== null || result.kind !== 'answered') {
    return no(common ?? { kind: 'retry', reason: 'Telegram did not answer' });
  }
  const { status } = result;
  if (data === null)
    return no({ kind: 'retry', reason: `no answer of Telegram's (${saidIn(result)}); check TELEGRAM_API_URL` });
  if (status < 300 && data['ok'] === true) {
    return { outcome: { kind: 'sent', answer: `${status} posted` }, result: data['result'], isMarkup: false };
  }
  const description = typeof data['description'] === 'string' ? data['description'] : '';
  const said = saidIn(result, description);
  return {
    ...no(refusal(status, description, said, parameters['migrate_to_chat_id'])),
    isMarkup: /can't parse/i.test(description),
  };
}

function refusal(status: number, description: string, said: string, movedTo: unknown): Outcome {
  if (typeof movedTo === 'number' || /upgraded to a supergroup/i.test(description)) {
    const to = typeof movedTo === 'number' ? `"${movedTo}"` : 'its new id';
    return { kind: 'broken', reason: `the group became a supergroup (${said}): set chat_id to ${to}` };
  }
  if (status === 401)
    return { kind: 'broken', reason: `the token was revoked (${said}): ask @BotFather for the new one and set token` };
  if (status === 404)
    return { kind: 'broken', reason: `no bot has this token (${said}): copy it again from @BotFather and set token` };
  const [, advice] = BROKEN.find(([pattern]) => pattern.test(description)) ?? [];
  if (advice !== undefined) return { kind: 'broken', reason: `Telegram says no (${said}): ${advice}` };
  if (status === 403) return { kind: 'broken', reason: `the bot may not post there (${said}): ${ADD_BOT}` };
  return {
    kind: 'rejected',
    reason: `Telegram refused the message (${said}); please report it with \`tidings events show\``,
  };
}

function no(outcome: Outcome): ApiAnswer {
  return { outcome, result: undefined, isMarkup: false };
}

export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
