import type { Config } from '../config/config.ts';
import { openExisting } from '../inbox/open-inbox.ts';
import { pagesOf } from '../jobs/backtest/pages.ts';
import type { Rules } from '../jobs/backtest/side.ts';
import { backtest } from '../jobs/backtest.ts';
import type { StoredEvent } from '../model/event.ts';
import type { Inbox } from '../model/inbox.ts';
import type { BacktestChange, BacktestRequest, BacktestSummary } from '../model/trial/backtest.ts';
import { createRoute } from '../route/route.ts';
import { systemClock } from '../shared/clock.ts';
import { sourcesByName, templatesOf } from './sources.ts';
import { takersIn } from './takers.ts';

interface BacktestListener {
  /** In the order of events. Reading goes on when it resolves. */
  readonly onChange: (change: BacktestChange) => Promise<void>;
  /** About how many events of how many are done. */
  readonly onRead: (done: number, total: number) => void;
}

interface Asked {
  /** In force, with the database. */
  readonly config: Config;
  readonly other: Config;
  readonly request: BacktestRequest;
  readonly listener: BacktestListener;
}

/**
 * Whom the rules of `other` would have told of stored events, beside what those of `config` tell: read beside a running
 * server or without one. Sends nothing. @throws an Error whose message says in words why the database cannot be opened
 */
export async function runBacktest({ config, other, request, listener }: Asked): Promise<BacktestSummary> {
  await using inbox = await openExisting(config.database, systemClock, 'read');
  const range = await rangeOf(inbox, request);
  const sources = await sourcesByName({ sources: [...other.sources, ...config.sources] });
  const pages = counted(pagesOf(inbox, range), range, request.since, listener);
  const summary = await backtest(
    { before: rulesOf(config), after: rulesOf(other), sources, stored: inbox },
    pages,
    listener.onChange,
  );
  return { ...summary, gone: await inbox.gone(range.afterId, range.upTo) };
}

/** When something is told, and who is called there, is no matter of who is told. */
function rulesOf(config: Config): Rules {
  const { rules, directory, sources } = config;
  const templates = templatesOf(config);
  const plain = rules.map((rule) => ({ ...rule, quiet: null, mention: [] }));
  return {
    route: createRoute(plain, directory, templates),
    sources: new Set(sources.map(({ name }) => name)),
    takers: takersIn(config),
    hasTemplates: templates.size > 0 || rules.some(({ template }) => template !== null),
  };
}

interface Range {
  readonly afterId: number;
  readonly upTo: number;
}

/** What arrives from now on is left out: there must be an end. */
async function rangeOf(inbox: Inbox, { since, limit }: BacktestRequest): Promise<Range> {
  const [newest] = await inbox.list({ limit: 1 });
  const upTo = newest?.id ?? 0;
  const before = await inbox.lastBefore(since);
  return { afterId: limit === null ? before : Math.max(before, upTo - limit), upTo };
}

async function* counted(
  pages: AsyncIterable<readonly StoredEvent[]>,
  { afterId, upTo }: Range,
  since: number,
  { onRead }: BacktestListener,
): AsyncGenerator<readonly StoredEvent[]> {
  for await (const page of pages) {
    // What was imported meanwhile may be older.
    yield page.filter(({ receivedAt }) => receivedAt >= since);
    onRead((page.at(-1)?.id ?? upTo) - afterId, upTo - afterId);
  }
}
