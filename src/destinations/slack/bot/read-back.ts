import type { Receipt, Settlement } from '../../../model/destination.ts';
import type { Clock } from '../../../shared/clock.ts';
import { isObject, list, type Payload, textOrNull } from '../../../shared/payload.ts';
import type { Secret } from '../../../shared/secret.ts';
import { refusalWords } from '../bot-refusals.ts';
import { isMemberId } from '../shapes.ts';
import { type ApiAnswer, call } from '../web-api.ts';
import { EVENT_TYPES } from './post-id.ts';

/** A message of ours that may stand somewhere. */
export interface Sought {
  /** As post-id.ts makes it. */
  readonly id: string;
  /** As it was posted to: `#releases`, an id, a person. */
  readonly place: string;
  /** The message below which it went. Null: it stands in the channel. */
  readonly root: string | null;
  /** It was posted later, ms since 1970 by our clock. */
  readonly since: number;
  readonly signal: AbortSignal;
}

export interface ReadBack {
  find(sought: Sought): Promise<Settlement>;
  /** What Slack answered to a post says which channel that name means. */
  posted(place: string, receipt: Receipt | undefined): void;
}

interface Options {
  readonly token: Secret;
  /** Base of Slack's Web API, without a trailing slash. */
  readonly apiUrl: string;
  readonly clock: Clock;
}

/** Slack recommends no more than 200 of a page: https://docs.slack.dev/reference/methods/conversations.history */
const PAGE = 200;
const PAGES = 5;
/** Channels, of which it gives 1,000 a page at most. */
const LIST = { limit: '1000', exclude_archived: 'true' };
const LISTS = 10;
/** Our clock and Slack's may differ by this much. */
const SKEW_MS = 600_000;
/** So many in a row that cannot be asked, and it is told all the same: Slack knows the id of what comes twice, mostly. */
const MOST_FAILURES = 5;

const ABSENT: Settlement = { kind: 'absent' };

type Query = Readonly<Record<string, string>>;
type Ask = (method: string, asked: { readonly query: Query } | { readonly body: object }) => Promise<Payload>;

/** What there is to say instead of an answer. */
class Unanswered extends Error {
  readonly answer: Exclude<ApiAnswer, { kind: 'ok' }>;

  constructor(answer: Exclude<ApiAnswer, { kind: 'ok' }>) {
    super(answer.kind);
    this.answer = answer;
  }
}

/** Reads channels back for messages of ours, where the bot is a member and has the scope for their history. */
export function readBack({ token, apiUrl, clock }: Options): ReadBack {
  const ids = new Map<string, string>();
  let failures = 0;

  async function find(sought: Sought): Promise<Settlement> {
    const { place, signal } = sought;
    const ask: Ask = async (method, asked) => {
      const answer = await call({ apiUrl, token, method, ...asked, signal, now: clock.now() });
      if (answer.kind !== 'ok') throw new Unanswered(answer);
      return answer.data;
    };
    try {
      const channel = ids.get(place) ?? (await idOf(ask, place));
      if (channel === null) return unknowable(`there is no channel ${place} that the bot can see`);
      ids.set(place, channel);
      const below = sought.root === null ? ABSENT : await inThread(ask, channel, sought, sought.root);
      const settlement = below.kind === 'absent' ? await inChannel(ask, channel, sought) : below;
      failures = 0;
      return settlement;
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      const settlement = settlementOf(error.answer, place);
      // Where nothing can be asked nothing can be told either.
      if (error.answer.kind === 'unreachable') return settlement;
      failures = settlement.kind === 'retry' ? failures + 1 : 0;
      if (settlement.kind !== 'retry' || failures < MOST_FAILURES) return settlement;
      failures = 0;
      return unknowable(`asked ${MOST_FAILURES} times: ${settlement.reason}`);
    }
  }

  return {
    find,
    posted(place, receipt) {
      const channel = receipt?.['channel'];
      if (typeof channel === 'string') ids.set(place, channel);
    },
  };
}

function unknowable(reason: string): Settlement {
  return { kind: 'unknowable', reason };
}

function settlementOf(answer: Exclude<ApiAnswer, { kind: 'ok' }>, channel: string): Settlement {
  if (answer.kind === 'refused') return unknowable(refusalWords(answer.refusal, { channel }));
  const reason = `not told again before it is known whether it had arrived: ${answer.reason}`;
  return answer.kind === 'later'
    ? { kind: 'retry', reason, retryAfterMs: answer.retryAfterMs }
    : { kind: 'retry', reason };
}

/** Newest first, so that no clock but Slack's is needed for what came lately. */
async function inChannel(ask: Ask, channel: string, sought: Sought): Promise<Settlement> {
  return search(channel, sought, (cursor) =>
    ask('conversations.history', { query: { channel, ...PAGING, ...cursor } }),
  );
}

/** https://docs.slack.dev/reference/methods/conversations.replies: oldest first, the parent before all. */
async function inThread(ask: Ask, channel: string, sought: Sought, root: string): Promise<Settlement> {
  const oldest = (Math.max(0, sought.since - SKEW_MS) / 1000).toFixed(6);
  const query = { channel, ts: root, oldest, ...PAGING };
  try {
    return await search(channel, { ...sought, since: 0 }, (cursor) =>
      ask('conversations.replies', { query: { ...query, ...cursor } }),
    );
  } catch (error) {
    // Below what is gone it stands in the channel.
    const isGone =
      error instanceof Unanswered &&
      error.answer.kind === 'refused' &&
      error.answer.refusal.code === 'thread_not_found';
    if (isGone) return ABSENT;
    throw error;
  }
}

const PAGING = { limit: String(PAGE), include_all_metadata: 'true' };

async function search(
  channel: string,
  { id, since }: Pick<Sought, 'id' | 'since'>,
  read: (cursor: { readonly cursor?: string }) => Promise<Payload>,
): Promise<Settlement> {
  let cursor = '';
  for (let page = 0; page < PAGES; page++) {
    const data = await read(cursor === '' ? {} : { cursor });
    if (!Array.isArray(data['messages'])) return unknowable('Slack left the messages out');
    const messages = list(data, 'messages').filter(isObject);
    const ids = messages.map(idIn);
    const found = messages[ids.indexOf(id)];
    if (found !== undefined) return sent(channel, found);
    if (ids.includes(HIDDEN)) return unknowable('Slack leaves out the metadata of messages');
    cursor = cursorIn(data);
    if (cursor === '' || messages.some(({ ts }) => Number(ts) * 1000 < since - SKEW_MS)) return ABSENT;
  }
  return unknowable(`more than ${PAGES * PAGE} messages have come since`);
}

function sent(channel: string, { ts, thread_ts: root = ts }: Payload): Settlement {
  const receipt = typeof root === 'string' ? { channel, ts: root } : undefined;
  return { kind: 'sent', answer: 'it had arrived: it stands in the channel', receipt };
}

const HIDDEN = 'hidden';
const OURS = new Set<string | null>(Object.values(EVENT_TYPES));

/** Null: it is none of ours. */
function idIn(message: Payload): string | null {
  if (!OURS.has(textOrNull(message, 'metadata.event_type'))) return null;
  return textOrNull(message, 'metadata.event_payload.id') ?? HIDDEN;
}

async function idOf(ask: Ask, place: string): Promise<string | null> {
  if (isMemberId(place)) {
    return textOrNull(await ask('conversations.open', { body: { users: place } }), 'channel.id');
  }
  if (/^[CGD][A-Z0-9]{6,}$/.test(place)) return place;
  try {
    return await listed(ask, place, 'public_channel,private_channel');
  } catch (error) {
    const isRefused = error instanceof Unanswered && error.answer.kind === 'refused';
    if (isRefused && error.answer.refusal.code === 'missing_scope') return await listed(ask, place, 'public_channel');
    throw error;
  }
}

async function listed(ask: Ask, place: string, types: string): Promise<string | null> {
  const name = place.replace(/^#/, '');
  let cursor = '';
  for (let page = 0; page < LISTS; page++) {
    const data = await ask('conversations.list', { query: { ...LIST, types, ...(cursor !== '' && { cursor }) } });
    const found = list(data, 'channels').find((channel) => textOrNull(channel, 'name') === name);
    if (found !== undefined) return textOrNull(found, 'id');
    cursor = cursorIn(data);
    if (cursor === '') return null;
  }
  return null;
}

function cursorIn(data: Payload): string {
  return textOrNull(data, 'response_metadata.next_cursor') ?? '';
}
