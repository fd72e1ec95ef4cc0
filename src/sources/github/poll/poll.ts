import { type Cursors, InboxUnavailableError } from '../../../model/inbox.ts';
import type { PollRequest, WayFigures } from '../../../model/polling.ts';
import { byTime, createdAt, eventsIn, idOf, listedEvents } from './listed-events.ts';
import type { Answer } from './poll-client.ts';
import { IDS_KEPT, type PollCursor, recallCursor, rememberCursor } from './poll-cursor.ts';
import { paceOf, retryMs } from './poll-pace.ts';
import { type StoreDeps, storePolled } from './store-polled.ts';
import { seconds } from './waits.ts';

export interface PollDeps extends StoreDeps {
  readonly inbox: StoreDeps['inbox'] & Cursors;
  say(line: string): void;
}

export interface Polling {
  /** One look: whatever is new is stored when it resolves. @throws PollError, InboxUnavailableError or the signal's reason */
  look(): Promise<void>;
  /** Looks again and again. Ends only by throwing. */
  run(): Promise<never>;
  figures(): WayFigures;
}

/** https://docs.github.com/en/rest/activity/events#list-repository-events, into the inbox. */
export function createPolling(deps: PollDeps, { repo, intervalMs, since }: PollRequest): Polling {
  const { questions, inbox, say } = deps;
  const name = `poll ${deps.source} ${repo.toLowerCase()}`;
  const list = listedEvents(questions, repo);
  const { store, figures } = storePolled(deps);
  const nextPause = pauses(deps, intervalMs);
  let cursor: PollCursor | null | undefined;

  async function look(): Promise<void> {
    cursor ??= since === null ? await recallCursor(inbox, name) : { since, etag: null, seen: [] };
    const first = await list.page(1, cursor?.etag ?? null);
    if (first.kind === 'unchanged') return;
    const before = cursor ?? begun(first);
    const { events, overlaps } = await list.until(first, before);
    const seen = new Set(before.seen);
    if (!overlaps && seen.size > 0)
      say(
        `More happened in ${repo} since the last look than the 300 events GitHub lists: the oldest of it is missing.`,
      );
    const fresh = events.filter((event) => !seen.has(idOf(event)) && createdAt(event) >= before.since);
    for (const event of fresh.toSorted(byTime)) await store(event);
    const ids = new Set([...events.map(idOf), ...before.seen]);
    // Only now: whoever stops before finds the same page changed once more, and the inbox knows what it has.
    cursor = { since: before.since, etag: first.etag, seen: [...ids].slice(0, IDS_KEPT) };
    await rememberCursor(inbox, name, cursor);
  }

  /** All that is on the list already is not news; the time keeps out what GitHub adds to it late. */
  function begun({ body, date }: Extract<Answer, { readonly kind: 'ok' }>): PollCursor {
    say(`First time here: telling what happens in ${repo} from now on. (--since 1d for what was before)`);
    return { since: date, etag: null, seen: eventsIn(body).map(idOf) };
  }

  async function run(): Promise<never> {
    say(`Asking GitHub about ${repo} every ${seconds(intervalMs)} at most.`);
    for (let failures = 0; ; ) {
      failures = (await looked(look, say)) ? 0 : failures + 1;
      await questions.wait(failures === 0 ? nextPause() : retryMs(failures));
    }
  }

  return { look, run, figures: () => ({ ...questions.counted, ...figures() }) };
}

/** What could not be stored is found again: the cursor stays where it is. */
async function looked(look: Polling['look'], say: PollDeps['say']): Promise<boolean> {
  try {
    await look();
    return true;
  } catch (error) {
    if (!(error instanceof InboxUnavailableError)) throw error;
    say(`Nothing can be stored now: ${error.message}. Trying again.`);
    return false;
  }
}

/** How long to wait until the next look, in ms; says so when it changes for want of requests. */
function pauses({ questions, clock, say }: PollDeps, intervalMs: number): () => number {
  let wasSlowed = false;
  return () => {
    const { rate, pollIntervalMs } = questions.known;
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
  };
}
