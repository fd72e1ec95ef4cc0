import type { Command } from 'commander';
import { changeJson } from '../../http/backtest-json.ts';
import type { Colors } from '../../model/plugin/talk.ts';
import type { BacktestChange, BacktestSummary } from '../../model/trial/backtest.ts';
import { iso, plural } from '../../shared/time-words.ts';
import { aborted } from '../aborted.ts';
import { type Context, loadConfig, readConfig, untilStopped } from '../context.ts';
import { examples, json, whole } from '../options.ts';
import { progress } from '../progress.ts';
import { parseSince } from '../since.ts';
import { oneLine } from '../table.ts';

interface BacktestOptions {
  readonly config: string;
  readonly since: string;
  readonly limit?: number;
  readonly json?: true;
}

const TITLE_LIMIT = 50;

export function define(command: Command, context: Context): void {
  command
    .description('what another configuration would have posted of the stored events; send nothing')
    .addHelpText(
      'before',
      examples(context, [
        ['backtest --config new.yaml', 'the last seven days'],
        ['backtest --config new.yaml --since 30d --limit 10000', ''],
        ['backtest --config new.yaml --json', 'one JSON object for each event that changes'],
      ]),
    )
    .requiredOption('--config <file>', 'the configuration to compare with the one in force')
    .option('--since <time>', 'events since: 30m, 2h, 7d, or an ISO time', '7d')
    .option('--limit <n>', 'at most so many events, the newest', whole('a limit', 1, Number.MAX_SAFE_INTEGER))
    .addOption(json())
    .action((options: BacktestOptions) => untilStopped(context, backtest(context, options)));
}

/** Another configuration and the one in force, run over the same stored events: a line for each message more or less. */
async function backtest(context: Context, options: BacktestOptions): Promise<void> {
  const since = parseSince(options.since, context.clock.now());
  const config = await readConfig(context);
  const other = await loadConfig(context, { readOnly: true, config: options.config, purpose: 'read' });
  const { runBacktest } = await import('../../run/backtest.ts');
  let bar: ReturnType<typeof progress> | undefined;
  const listener = {
    onRead: (done: number, total: number) => (bar ??= progress(context, 'read', total)).step(done),
    onChange: async (change: BacktestChange) => {
      bar?.end();
      await printChange(context, change, options.json === true);
    },
  };
  const running = runBacktest({ config, other, request: { since, limit: options.limit ?? null }, listener });
  const summary = await Promise.race([running, aborted(context.io.closed)]);
  bar?.end();
  if (summary === 'aborted') return;
  for (const line of summaryLines(summary, since)) context.say(line);
}

export function printChange(context: Context, change: BacktestChange, isJson: boolean): Promise<void> {
  return isJson ? context.printJson(changeJson(change)) : context.print(...changeLines(change, context.out));
}

function changeLines(change: BacktestChange, colors: Colors): readonly string[] {
  const what = `${change.eventId}  ${oneLine(subjectOf(change))}`;
  return [
    ...change.fewer.map(
      ({ destination, because }) =>
        `${colors.red('−')} ${what}  no longer told to ${destination} (${oneLine(because)})`,
    ),
    ...change.more.map(
      ({ destination, rule, words }) =>
        `${colors.green('+')} ${what}  told to ${destination} (${rule === null ? 'it takes all' : `rule ${oneLine(rule)}`})${words === undefined ? '' : `: ${oneLine(words)}`}`,
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

export function summaryLines(summary: BacktestSummary, since: number): readonly string[] {
  const { events, fewer, more, same, unjudged, unread, gone } = summary;
  const lost =
    gone > 0
      ? [`${plural(gone, 'event')} of that time could not be read: the bodies are gone, see \`retention:\`.`]
      : [];
  if (events === 0) {
    return gone > 0 ? lost : [`No events are stored since ${iso(since)}. Look further back: --since 30d`];
  }
  const [one, two, three] = [fewer, more, same].map((count) => count.toLocaleString('en-US'));
  return [
    `${one} fewer, ${two} more, ${three} the same (over ${plural(events, 'event')} since ${iso(since)}). Nothing was sent.`,
    ...(unjudged > 0
      ? [`${plural(unjudged, 'event')} could not be judged: a rule asks for changed files, and they are not stored.`]
      : []),
    ...(unread > 0 ? [`${plural(unread, 'event')} could not be read.`] : []),
    ...lost,
  ];
}
