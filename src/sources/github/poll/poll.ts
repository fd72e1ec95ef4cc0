import type { NewEvent } from '../../../model/event.ts';
import type { Intake } from '../../../model/inbox/intake.ts';
import { type Cursors, InboxUnavailableError } from '../../../model/inbox.ts';
import { PollError, type PollRequest, type WayFigures } from '../../../model/polling.ts';
import type { Rule } from '../../../model/rule.ts';
import type { Clock } from '../../../shared/clock.ts';
import { actionsOf, completed, missingOf } from '../events-api/complete.ts';
import { type WebhookShape, webhookOf } from '../events-api/webhook-of.ts';
import { type Payload, textOrNull, timeOrNull } from '../payload.ts';
import type { Answer } from './poll-client.ts';
import { IDS_KEPT, type PollCursor, recallCursor, rememberCursor } from './poll-cursor.ts';
import { delaysOf } from './poll-delays.ts';
import { paceOf, retryMs } from './poll-pace.ts';
import { type Questions, seconds } from './poll-questions.ts';

export interface PollDeps {
  readonly questions: Questions;
  readonly inbox: Intake & Cursors;
  /** The source whose events these are. */
  readonly source: string;
  readonly rules: readonly Rule[];
  /** `https://github.com`, or the Enterprise Server's own. */
  readonly webUrl: string;
  readonly clock: Clock;
  say(line: string): void;
}

export interface Polling {
  /** One look: whatever is new is stored when it resolves. @throws PollError, InboxUnavailableError or the signal's reason */
  look(): Promise<void>;
  /** Looks again and again. Ends only by throwing. */
  run(): Promise<never>;
  figures(): WayFigures;
}

const PAGE = 100;
const PAGES = 3;

/** https://docs.github.com/en/rest/activity/events#list-repository-events, into the inbox. */
export function createPolling(deps: PollDeps, { repo, intervalMs, since }: PollRequest): Polling {
  const { questions, inbox, clock, say } = deps;
  const name = `poll ${deps.source} ${repo.toLowerCase()}`;
  const delays = delaysOf();
  let found = 0;
  let cursor: PollCursor | null | undefined;
  let wasSlowed = false;
  let failures = 0;

  async function look(): Promise<void> {
    cursor ??= since === null ? await recallCursor(inbox, name) : { since, etag: null, seen: [] };
    const first = await page(1, cursor?.etag ?? null);
    if (first.kind === 'unchanged') return;
    const before = cursor ?? begun(first);
    const { events, overlaps } = await newestFirst(first, before);
    const seen = new Set(before.seen);
    if (!overlaps && seen.size > 0) warnOfGap();
    const fresh = events.filter(
      (event) => !seen.has(idOf(event)) && (timeOrNull(event, 'created_at') ?? 0) >= before.since,
    );
    for (const event of fresh.toSorted(byTime)) await store(event);
    const ids = new Set([...events.map(idOf), ...before.seen]);
    // Only now: whoever stops before finds the same page changed once more, and the inbox knows what it has.
    cursor = { since: before.since, etag: first.etag, seen: [...ids].slice(0, IDS_KEPT) };
    await rememberCursor(inbox, name, cursor);
  }

  /** All that is on the list already is not news; the time keeps out what GitHub adds to it late. */
  function begun({ body, date }: Extract<Answer, { readonly kind: 'ok' }>): PollCursor {
    say(`First time here: telling what happens in ${repo} from now on. (--since 1d for what was before)`);
    return { since: date, etag: null, seen: listed(body).map(idOf) };
  }

  async function page(number: number, etag: string | null) {
    const answer = await questions.get(`/repos/${repo}/events?per_page=${PAGE}&page=${number}`, etag);
    if (answer !== null) return answer;
    throw new PollError(
      'not_found',
      `GitHub shows no repository ${repo} (404): it is misspelt, deleted, or private and not to be read with this GITHUB_TOKEN, or without one.`,
    );
  }

  /** Pages until something was seen before, or is too old. */
  async function newestFirst(first: Awaited<ReturnType<typeof page>>, { seen, since: oldest }: PollCursor) {
    const known = new Set(seen);
    const events: Payload[] = [];
    for (let number = 1, answer = first; ; ) {
      const list = answer.kind === 'ok' ? listed(answer.body) : [];
      events.push(...list);
      const overlaps = list.some((event) => known.has(idOf(event)) || (timeOrNull(event, 'created_at') ?? 0) < oldest);
      const isLast = answer.kind !== 'ok' || !answer.hasNext;
      if (overlaps || isLast || number === PAGES) return { events, overlaps: overlaps || (isLast && number < PAGES) };
      answer = await page(++number, null);
    }
  }

  async function store(event: Payload): Promise<void> {
    const shape = webhookOf(event, deps.webUrl);
    if (shape === null) return;
    const receivedAt = clock.now();
    const { type, payload } = await whole(shape);
    const id = `events:${idOf(event)}`;
    const stored: NewEvent = {
      origin: 'poll',
      source: deps.source,
      deliveryId: id,
      guid: id,
      type,
      headers: { 'content-type': 'application/json', 'x-github-event': type },
      body: Buffer.from(JSON.stringify(payload)),
      receivedAt,
      secretNo: 0,
    };
    if ((await inbox.append(stored)).status === 'duplicate') return;
    found++;
    delays.add(receivedAt, timeOrNull(event, 'created_at'));
  }

  /** With what the Events API left out, when a rule may tell it. */
  async function whole(shape: WebhookShape): Promise<WebhookShape> {
    const missing = missingOf(shape);
    if (missing === null) return shape;
    if (!isAskedFor(deps.rules, shape)) return completed(shape, missing, null);
    const answer = await questions.get(missing.path, null);
    return completed(shape, missing, answer?.kind === 'ok' ? (answer.body as Payload) : null);
  }

  function warnOfGap(): void {
    say(`More happened in ${repo} since the last look than the 300 events GitHub lists: the oldest of it is missing.`);
  }

  async function run(): Promise<never> {
    say(`Asking GitHub about ${repo} every ${seconds(intervalMs)} at most.`);
    for (;;) {
      await questions.wait((await looked()) ? pause() : retryMs(++failures));
    }
  }

  /** What could not be stored is found again: the cursor stays where it is. */
  async function looked(): Promise<boolean> {
    try {
      await look();
      failures = 0;
      return true;
    } catch (error) {
      if (!(error instanceof InboxUnavailableError)) throw error;
      say(`Nothing can be stored now: ${error.message}. Trying again.`);
      return false;
    }
  }

  function pause(): number {
    const { rate, pollIntervalMs } = questions;
    const { ms, isSlowed } = paceOf(intervalMs, pollIntervalMs, rate, clock.now());
    if (isSlowed && !wasSlowed && rate !== null) {
      const until = new Date(rate.resetAt).toISOString();
      say(
        `${rate.remaining} of ${rate.limit} requests left until ${until}: slowing down, asking every ${seconds(ms)}.`,
      );
    }
    if (wasSlowed && !isSlowed) say(`Enough requests left: asking every ${seconds(ms)} again.`);
    wasSlowed = isSlowed;
    return ms;
  }

  return { look, run, figures: () => ({ ...questions.counted, found, ...delays.figures() }) };
}

function listed(body: unknown): readonly Payload[] {
  return Array.isArray(body) ? (body as readonly Payload[]) : [];
}

/** Some rule is about this kind, whatever else it asks. */
function isAskedFor(rules: readonly Rule[], shape: WebhookShape): boolean {
  const actions = actionsOf(shape);
  return rules.some(({ on }) => {
    const filter = on.get(shape.type) ?? on.get('*');
    if (filter === undefined) return false;
    return filter.types === null || actions.length === 0 || actions.some((action) => filter.types?.includes(action));
  });
}

function idOf(event: Payload): string {
  return textOrNull(event, 'id') ?? '';
}

/** Oldest first; ids grow within one second. */
function byTime(a: Payload, b: Payload): number {
  const earlier = (timeOrNull(a, 'created_at') ?? 0) - (timeOrNull(b, 'created_at') ?? 0);
  return earlier !== 0 ? earlier : Number(idOf(a)) - Number(idOf(b));
}
