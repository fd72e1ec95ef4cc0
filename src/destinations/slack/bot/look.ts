import type { Outcome } from '../../../model/destination.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { Departure } from '../../../shared/outbound.ts';
import { textOrNull } from '../../../shared/payload.ts';
import type { Secret } from '../../../shared/secret.ts';
import { isBreakdown, isOfPlace, refusalWords } from '../bot-refusals.ts';
import { type ApiAnswer, type ApiRefusal, call } from '../web-api.ts';

/** Whose eyes it looks with. */
export interface Bot {
  readonly token: Secret;
  /** Base of Slack's Web API, without a trailing slash. */
  readonly apiUrl: string;
  readonly clock: Clock;
}

export interface Sending {
  readonly signal: AbortSignal;
  readonly departure?: Departure | undefined;
}

/** By GET, as methods that only read want it. */
export function look(
  { token, apiUrl, clock }: Bot,
  method: string,
  query: Readonly<Record<string, string>>,
  { signal }: Pick<Sending, 'signal'>,
): Promise<ApiAnswer> {
  return call({ apiUrl, token, method, query, signal, now: clock.now() });
}

/** The workspace of a token: asked once, for a token has one. https://docs.slack.dev/reference/methods/auth.test */
export class OwnTeam {
  readonly #bot: Bot;
  #id: string | null = null;

  constructor(bot: Bot) {
    this.#bot = bot;
  }

  /** Null: Slack does not say which. */
  async id(sending: Pick<Sending, 'signal'>): Promise<string | null | Exclude<ApiAnswer, { kind: 'ok' }>> {
    if (this.#id !== null) return this.#id;
    const answer = await look(this.#bot, 'auth.test', {}, sending);
    if (answer.kind !== 'ok') return answer;
    this.#id = textOrNull(answer.data, 'team_id');
    return this.#id;
  }
}

/** What a no to a look means for the ask. Null: it is about whom or what was looked up, or a scope. */
export function failureOf(answer: Exclude<ApiAnswer, { kind: 'ok' }>): Outcome | null {
  switch (answer.kind) {
    case 'later':
      return { kind: 'retry', reason: answer.reason, retryAfterMs: answer.retryAfterMs };
    case 'unreachable':
    case 'lost':
      return { kind: 'retry', reason: `Slack cannot be reached: ${answer.reason}` };
    case 'refused':
      return isTokens(answer.refusal)
        ? { kind: 'broken', reason: refusalWords(answer.refusal, { channel: '' }) }
        : null;
  }
}

/** Nothing can be asked with it any more. */
export function isTokens(refusal: ApiRefusal): boolean {
  return isBreakdown(refusal) && !isOfPlace(refusal) && !OF_ONE_METHOD.has(refusal.code);
}

const OF_ONE_METHOD = new Set(['missing_scope', 'no_permission', 'messages_tab_disabled']);
