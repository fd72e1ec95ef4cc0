import type { Clock } from '../../../shared/clock.ts';
import { type OutboundResult, request } from '../../../shared/outbound.ts';
import { list, textOrNull } from '../../../shared/payload.ts';
import type { Secret } from '../../../shared/secret.ts';
import { oneLine, quoted } from '../../../text/plain.ts';
import { outcomeOf } from '../answer.ts';
import { type RefusedIn, refusalWords } from '../bot-refusals.ts';
import { foreignAnswer } from '../foreign-answer.ts';
import { type ApiAnswer, call, JSON_BODY } from '../web-api.ts';
import { HELLO } from './hello.ts';
import type { SlackAnswer, SlackBot, SlackChannel, SlackClient } from './slack-types.ts';

interface ClientOptions {
  /** Base of Slack's Web API, without a trailing slash. */
  readonly apiUrl: string;
  readonly clock: Clock;
}

const TIMEOUT_MS = 10_000;
/** Slack recommends at most 200 a page: https://docs.slack.dev/reference/methods/conversations.list */
const PAGE = 200;
/** 10,000 channels; the method allows about 20 calls a minute before it must be waited for (tier 2). */
const PAGES = 50;

export function slackClient({ apiUrl, clock }: ClientOptions): SlackClient {
  const ask = (
    token: Secret,
    method: string,
    signal: AbortSignal,
    more: { query?: Record<string, string>; body?: object } = {},
  ) => call({ apiUrl, token, method, signal, now: clock.now(), ...more });

  return {
    whoIs: async (token, signal) => read(await ask(token, 'auth.test', signal), {}, botOf),

    async channels(token, { archived }, signal) {
      const found: SlackChannel[] = [];
      let cursor = '';
      for (let page = 0; page < PAGES; page++) {
        const query = {
          types: 'public_channel,private_channel',
          exclude_archived: String(!archived),
          limit: String(PAGE),
          ...(cursor === '' ? {} : { cursor }),
        };
        const answer = read(await ask(token, 'conversations.list', signal, { query }), {}, pageOf);
        if (!answer.ok) return answer;
        found.push(...answer.value.channels);
        cursor = answer.value.next;
        if (cursor === '') break;
      }
      return { ok: true, value: found.toSorted((a, b) => a.name.localeCompare(b.name)) };
    },

    async channel(token, id, signal) {
      const answer = await ask(token, 'conversations.info', signal, { query: { channel: id } });
      return read(answer, { channel: id }, (data) => channelOf(data['channel']));
    },

    probe: (webhookUrl, signal) => probe(webhookUrl, signal, clock),

    async hello(way, signal) {
      if (way.kind === 'webhook') return helloThroughWebhook(way.url, signal, clock);
      const answer = await ask(way.token, 'chat.postMessage', signal, { body: { channel: way.channel, ...HELLO } });
      return read(answer, { channel: way.shown, bot: way.bot }, () => null);
    },

    // Its address is used by nobody, and lapses.
    async socket(appToken, signal) {
      const answer = await ask(appToken, 'apps.connections.open', signal);
      if (answer.kind !== 'refused') return read(answer, {}, () => null);
      return { ok: false, kind: 'refused', problem: socketWords(answer.refusal.code) };
    },

    obstacle,
  };
}

/** https://docs.slack.dev/reference/methods/apps.connections.open#errors */
function socketWords(code: string): string {
  const where = 'Basic Information → App-Level Tokens';
  if (code === 'missing_scope')
    return `the app-level token lacks the scope connections:write (${code}): make another (${where})`;
  if (code === 'access_denied' || code === 'socket_mode_disabled')
    return `Socket Mode is switched off for the app (${code}): switch it on under Socket Mode`;
  return `Slack does not take this app-level token (${code}): copy it again, or make another (${where})`;
}

/** https://docs.slack.dev/reference/scopes/chat.write.public */
function obstacle({ name, scopes }: SlackBot, channel: SlackChannel): string | null {
  const words = (code: string, needed: string | null = null) =>
    refusalWords({ code, needed, provided: scopes?.join(', ') ?? null }, { channel: `#${channel.name}`, bot: name });
  if (scopes !== null && !scopes.includes('chat:write')) return words('missing_scope', 'chat:write');
  if (channel.isArchived) return words('is_archived');
  const mayPost = channel.isMember || scopes === null || (!channel.isPrivate && scopes.includes('chat:write.public'));
  return mayPost ? null : words('not_in_channel');
}

function read<T>(
  answer: ApiAnswer,
  place: Partial<RefusedIn>,
  parse: (data: Readonly<Record<string, unknown>>, headers: Headers) => T | undefined,
): SlackAnswer<T> {
  switch (answer.kind) {
    case 'ok': {
      const value = parse(answer.data, answer.headers);
      if (value === undefined) return { ok: false, kind: 'later', problem: 'Slack left out what was asked for' };
      return { ok: true, value };
    }
    case 'refused':
      return { ok: false, kind: 'refused', problem: refusalWords(answer.refusal, { channel: 'it', ...place }) };
    case 'later':
      return { ok: false, kind: 'later', problem: answer.reason };
    case 'unreachable':
    case 'lost':
      return { ok: false, kind: 'unreachable', problem: `Slack cannot be reached: ${answer.reason}` };
  }
}

/** The scopes stand in a header of every answer: https://docs.slack.dev/authentication/installing-with-oauth */
function botOf(data: Readonly<Record<string, unknown>>, headers: Headers): SlackBot | undefined {
  const { user, team } = data;
  if (typeof user !== 'string' || typeof team !== 'string') return undefined;
  const scopes = headers.get('x-oauth-scopes');
  return { name: oneLine(user), team: oneLine(team), scopes: scopes?.split(',').map((scope) => scope.trim()) ?? null };
}

function pageOf(data: Readonly<Record<string, unknown>>): {
  readonly channels: readonly SlackChannel[];
  readonly next: string;
} {
  return {
    channels: list(data, 'channels').flatMap((each) => channelOf(each) ?? []),
    next: textOrNull(data, 'response_metadata.next_cursor') ?? '',
  };
}

function channelOf(data: unknown): SlackChannel | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { id, name, is_private, is_member, is_archived } = data as Readonly<Record<string, unknown>>;
  if (typeof id !== 'string' || typeof name !== 'string') return undefined;
  const flags = { isPrivate: is_private === true, isMember: is_member === true, isArchived: is_archived === true };
  return { id, name: oneLine(name), ...flags };
}

/**
 * An empty text is refused by every webhook that lives (`no_text`, HTTP 400), and nothing is posted; one that was removed
 * says so first. As secret scanners ask:
 * https://github.com/trufflesecurity/trufflehog/blob/main/pkg/detectors/slackwebhook/slackwebhook.go
 */
const EMPTY = JSON.stringify({ text: '' });
const DEAD_WITH_400 = new Set(['user_not_found', 'invalid_token']);

async function probe(webhookUrl: Secret, signal: AbortSignal, clock: Clock): Promise<SlackAnswer<string>> {
  const result = await request({
    url: webhookUrl.reveal(),
    headers: JSON_BODY,
    body: EMPTY,
    timeoutMs: TIMEOUT_MS,
    signal,
  });
  if (result.kind === 'answered' && isNoText(result)) {
    return { ok: true, value: `400 ${quoted(result.text, 80)}`.trim() };
  }
  return webhookAnswer(result, clock);
}

function isNoText(result: Extract<OutboundResult, { kind: 'answered' }>): boolean {
  return (
    result.status === 400 && !DEAD_WITH_400.has(result.text.trim()) && foreignAnswer(result, 'webhook_url') === null
  );
}

async function helloThroughWebhook(url: Secret, signal: AbortSignal, clock: Clock): Promise<SlackAnswer<null>> {
  const body = JSON.stringify(HELLO);
  const result = await request({ url: url.reveal(), headers: JSON_BODY, body, timeoutMs: TIMEOUT_MS, signal });
  const answer = webhookAnswer(result, clock);
  return answer.ok ? { ok: true, value: null } : answer;
}

function webhookAnswer(result: OutboundResult, clock: Clock): SlackAnswer<string> {
  const outcome = outcomeOf(result, clock.now());
  if (outcome.kind === 'sent') return { ok: true, value: outcome.answer };
  if (result.kind !== 'answered') {
    return { ok: false, kind: 'unreachable', problem: `the webhook cannot be reached: ${result.reason}` };
  }
  return { ok: false, kind: outcome.kind === 'retry' ? 'later' : 'refused', problem: outcome.reason };
}
