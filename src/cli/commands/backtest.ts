import type { BacktestChange, BacktestSummary, Difference } from '../../model/backtest.ts';
import { iso, plural } from '../../shared/time-words.ts';
import { aborted } from '../aborted.ts';
import type { Colors } from '../cli-io.ts';
import { type Context, readApp } from '../context.ts';
import { progress } from '../progress.ts';
import { parseSince } from '../since.ts';
import { oneLine } from '../table.ts';

export interface BacktestOptions {
  readonly config: string;
  readonly since: string;
  readonly limit?: number;
  readonly json?: true;
}

const TITLE_LIMIT = 50;

/** Another configuration and the one in force, run over the same stored events: a line for each message more or less. */
export async function backtest(context: Context, options: BacktestOptions): Promise<void> {
  const since = parseSince(options.since, context.app.clock.now());
  const app = await readApp(context);
  const other = await context.app.load({ readOnly: true, config: options.config, purpose: 'read' });
  let bar: ReturnType<typeof progress> | undefined;
  const running = app.backtest(
    other.config,
    { since, limit: options.limit ?? null },
    {
      onRead: (done, total) => (bar ??= progress(context, 'read', total)).step(done),
      onChange: async (change) => {
        bar?.end();
        if (options.json) await context.printJson(changeJson(change));
        else await context.print(...changeLines(change, context.out));
      },
    },
  );
  const summary = await Promise.race([running, aborted(context.io.closed)]);
  bar?.end();
  if (summary === 'aborted') return;
  for (const line of summaryLines(summary, since)) context.say(line);
}

function changeLines(change: BacktestChange, colors: Colors): readonly string[] {
  const what = `${change.eventId}  ${oneLine(subjectOf(change))}`;
  return [
    ...change.fewer.map(
      ({ destination, because }) =>
        `${colors.red('−')} ${what}  no longer told to ${destination} (${oneLine(because)})`,
    ),
    ...change.more.map(
      ({ destination, rule }) => `${colors.green('+')} ${what}  told to ${destination} (rule ${oneLine(rule)})`,
    ),
  ];
}

/** `issues.opened acme/api #12 Uploads fail` */
function subjectOf({ kind, place, handle, title }: BacktestChange): string {
  const short = title !== null && title.length > TITLE_LIMIT ? `${title.slice(0, TITLE_LIMIT - 1)}…` : title;
  return [kind, place, handle, short === handle || short === place ? null : short]
    .filter((part) => part !== null)
    .join(' ');
}

function changeJson(change: BacktestChange) {
  return {
    id: change.eventId,
    received_at: iso(change.receivedAt),
    kind: change.kind,
    repo: change.place,
    handle: change.handle,
    title: change.title,
    no_longer_told: change.fewer.map(differenceJson),
    newly_told: change.more.map(differenceJson),
  };
}

function differenceJson({ destination, rule, because }: Difference) {
  return { destination, rule, because };
}

function summaryLines(summary: BacktestSummary, since: number): readonly string[] {
  const { events, fewer, more, same, unjudged, unread } = summary;
  if (events === 0) return [`No events are stored since ${iso(since)}. Look further back: --since 30d`];
  const [one, two, three] = [fewer, more, same].map((count) => count.toLocaleString('en-US'));
  return [
    `${one} fewer, ${two} more, ${three} the same (over ${plural(events, 'event')} since ${iso(since)}). Nothing was sent.`,
    ...(unjudged > 0
      ? [`${plural(unjudged, 'event')} could not be judged: a rule asks for changed files, and they are not stored.`]
      : []),
    ...(unread > 0 ? [`${plural(unread, 'event')} could not be read.`] : []),
  ];
}
