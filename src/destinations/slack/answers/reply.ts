import type { KnownBlock } from '@slack/types';
import type { Outcome } from '../../../model/destination.ts';
import { type OutboundResult, request } from '../../../shared/outbound.ts';
import { type Bot, failureOf, type Sending } from '../bot/look.ts';
import { refusalWords } from '../bot-refusals.ts';
import { escapeText } from '../escape.ts';
import { clip, LIMITS } from '../limits.ts';
import { section } from '../render.ts';
import { isAtSlack } from '../shapes.ts';
import { bearer, JSON_BODY, readAnswer } from '../web-api.ts';
import type { Ask } from './ask.ts';

/** What whoever asks gets to see. `text` is what phones and screen readers have of it. */
export interface Reply {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** Words of ours: may hold mrkdwn. */
export function words(mrkdwn: string, more: readonly KnownBlock[] = []): Reply {
  return { text: clip(mrkdwn, LIMITS.text), blocks: [section(clip(mrkdwn, LIMITS.sectionText)), ...more] };
}

/** Words that may hold anything. */
export function plainWords(text: string): Reply {
  return words(escapeText(text));
}

/** https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
export const RESPONSE_MS = 30 * 60_000;
const TIMEOUT_MS = 10_000;

/**
 * Shows it to nobody but who asked: in their Home, else by the ask's own address while that is good, else beside the place where they
 * asked. `age`: since it was asked, ms.
 */
export async function deliver(bot: Bot, ask: Ask, reply: Reply, age: number, sending: Sending): Promise<Outcome> {
  if (ask.way === 'home') return publish(bot, ask, reply, sending);
  const url = age < RESPONSE_MS ? responseUrlOf(bot, ask) : null;
  if (url !== null) {
    const thread = ask.thread === null ? {} : { thread_ts: ask.thread };
    const body = { response_type: 'ephemeral', replace_original: ask.isOnAnswer, ...thread, ...reply };
    const result = await post(url, {}, body, sending);
    const outcome = outcomeOfResponse(bot, result);
    if (outcome !== null) return outcome;
  }
  return beside(bot, ask, reply, sending);
}

/** https://docs.slack.dev/reference/methods/chat.postEphemeral */
async function beside(bot: Bot, ask: Ask, reply: Reply, sending: Sending): Promise<Outcome> {
  if (ask.channel === null || ask.user === null) return { kind: 'sent', answer: 'nobody is there to be answered' };
  const thread = ask.thread === null ? {} : { thread_ts: ask.thread };
  const body = { channel: ask.channel.id, user: ask.user, ...thread, ...reply };
  const result = await post(`${bot.apiUrl}/chat.postEphemeral`, bearer(bot.token), body, sending);
  return outcomeOfCall(bot, result, ask.channel.id);
}

/** https://docs.slack.dev/reference/methods/views.publish */
async function publish(bot: Bot, { user }: Ask, { blocks }: Reply, sending: Sending): Promise<Outcome> {
  const body = { user_id: user, view: { type: 'home', blocks } };
  const result = await post(`${bot.apiUrl}/views.publish`, bearer(bot.token), body, sending);
  return outcomeOfCall(bot, result, 'the Home');
}

function post(url: string, headers: Readonly<Record<string, string>>, body: object, sending: Sending) {
  const { signal, departure } = sending;
  return request({
    url,
    headers: { ...headers, ...JSON_BODY },
    body: JSON.stringify(body),
    timeoutMs: TIMEOUT_MS,
    signal,
    departure,
  });
}

/** What a payload calls so is Slack's own, or of the server that stands in for it: nothing is posted anywhere else. */
function responseUrlOf({ apiUrl }: Bot, { responseUrl }: Ask): string | null {
  const url = URL.parse(responseUrl ?? '');
  if (url === null || url.username !== '' || url.password !== '') return null;
  const isSlacks = url.protocol === 'https:' && url.port === '' && isAtSlack(url.href);
  return isSlacks || url.origin === URL.parse(apiUrl)?.origin ? url.href : null;
}

/** Null: it is used up or over. Its answers are no Web API's: 200 with `ok`, or with JSON. */
function outcomeOfResponse({ clock }: Bot, result: OutboundResult): Outcome | null {
  if (result.kind !== 'answered') return { kind: result.kind === 'lost' ? 'unknown' : 'retry', reason: result.reason };
  const isYes = result.status >= 200 && result.status < 300 && !/"ok":\s*false/.test(result.text);
  if (isYes) return { kind: 'sent', answer: `${result.status} ok` };
  const answer = readAnswer(result, clock.now());
  return answer.kind === 'later' ? { kind: 'retry', reason: answer.reason, retryAfterMs: answer.retryAfterMs } : null;
}

function outcomeOfCall({ clock }: Bot, result: OutboundResult, where: string): Outcome {
  const answer = readAnswer(result, clock.now());
  if (answer.kind === 'ok') return { kind: 'sent', answer: '200 ok' };
  if (answer.kind === 'lost') return { kind: 'unknown', reason: `Slack may have it: ${answer.reason}` };
  const failure = failureOf(answer);
  if (failure !== null) return failure;
  const reason = answer.kind === 'refused' ? refusalWords(answer.refusal, { channel: where }) : 'Slack refused it';
  return { kind: 'rejected', reason: `nobody could be answered: ${reason}` };
}
