import { type Command, Option } from 'commander';
import type { Config } from '../../config/config.ts';
import { summaryJson } from '../../http/event-json.ts';
import type { StoppedLanes } from '../../http/explain/what-became.ts';
import { EVENT_STATES, type EventState } from '../../model/event.ts';
import { FATES, type Fate } from '../../model/fate.ts';
import type { EventSummary } from '../../model/inbox/records.ts';
import { configuredEvents } from '../../run/every-event.ts';
import { ago, iso } from '../../shared/time-words.ts';
import { type Context, stoppedLanes, untilStopped, withArchive } from '../context.ts';
import { examples, json, whole } from '../options.ts';
import { parseSince } from '../since.ts';
import { type Column, oneLine, table } from '../table.ts';
import { isGivenUp, kindOf, paintState } from '../words/event-words.ts';
import { outcomeWords } from '../words/fate-words.ts';
import { pagesOf } from './events/pages-of.ts';
import { defineShow } from './events/show.ts';
import { unknownWords } from './events/unknown-words.ts';

interface EventsOptions {
  readonly state?: EventState | Fate;
  readonly type?: string;
  readonly repo?: string;
  readonly source?: string;
  readonly actor?: string;
  readonly text?: string;
  readonly to?: string;
  readonly since?: string;
  readonly until?: string;
  readonly limit: number;
  readonly json?: true;
}

export function define(command: Command, context: Context): void {
  command
    .description('list stored events, newest first; `events show ID` has everything about one')
    .addHelpText(
      'before',
      examples(context, [
        ['events --type pull_request --repo acme/api', ''],
        ['events --state failed --since 7d', ''],
        ['events --text "flaky login" --actor mona', 'by words of what it is about, and by who did it'],
        ['events --state dead', 'what was given up, and why'],
        ['events --to team --state dead', 'the same at one destination'],
        ['events --json --limit 1000', 'one JSON object a line'],
        ['events show 42', 'headers, decision, attempts'],
      ]),
    )
    .addOption(
      new Option(
        '--state <state>',
        'only in this state, or with a message that is: dead is given up, held waits for quiet hours to end',
      ).choices([...EVENT_STATES, ...FATES]),
    )
    .option('--type <type>', 'only of this type: pull_request, or pull_request.opened')
    .option('--repo <owner/name>', 'only of this repository')
    .option('--source <name>', 'only of this source, as it is configured')
    .option('--actor <login>', 'only what this person or bot did')
    .option('--text <words>', 'only where all of these words are in what it is about, or in the name of who did it')
    .option('--to <destination>', 'only what was put to this destination; with --state, a message in that state there')
    .option('--since <time>', 'only since: 30m, 2h, 7d, or an ISO time')
    .option('--until <time>', 'only before: 30m, 2h, 7d ago, or an ISO time')
    .option('--limit <n>', 'at most so many', whole('a limit', 1, Number.MAX_SAFE_INTEGER), 20)
    .addOption(json())
    .allowExcessArguments()
    .action(async (options: EventsOptions) => {
      if (command.args.length > 0) throw unknownWords(context, 'events', 'show', command.args);
      await untilStopped(context, events(context, options));
    });
  defineShow(command.command('show'), context);
}

/** Newest first. One JSON object a line, an aligned table on a terminal, tab-separated lines elsewhere. */
async function events(context: Context, options: EventsOptions): Promise<void> {
  const now = context.clock.now();
  const since = options.since === undefined ? undefined : parseSince(options.since, now);
  const until = options.until === undefined ? undefined : parseSince(options.until, now, '--until');
  const { state, type, repo, source, actor, text, to, limit } = options;
  const kind = type === undefined ? {} : { kind: type };
  const filter = { state, ...kind, repo, source, actor, text, to, since, until, limit };
  await withArchive(context, async (archive, config) => {
    const stopped = await stoppedLanes(archive);
    let count = 0;
    let anyGivenUp = false;
    for await (const page of pagesOf(archive, filter)) {
      count += page.length;
      anyGivenUp ||= page.some(isGivenUp);
      await printPage(page, context, stopped, options.json === true);
      if (context.io.closed.aborted) return;
    }
    if (count === 0 && type !== undefined) await sayMeant(context, config, type);
    if (options.json) return;
    const { invocation } = context;
    const isAnyWanted = [state, type, repo, source, actor, text, to, since, until].some((each) => each !== undefined);
    if (count === 0) {
      context.say(isAnyWanted ? 'No events match.' : `No events yet. Try one: ${invocation} send pull_request.opened`);
    }
    if (anyGivenUp)
      context.say(`Given up: these did not reach everybody. To send them again: ${invocation} replay --state dead`);
  });
}

async function printPage(
  page: readonly EventSummary[],
  context: Context,
  stopped: StoppedLanes,
  json: boolean,
): Promise<void> {
  if (json) for (const event of page) await context.printJson(summaryJson(event));
  else if (context.io.stdout.isTTY) await context.print(...eventTable(page, stopped, context));
  else for (const event of page) await context.print(plainLine(event, stopped));
}

/** A type that nobody knows may be one of tomorrow: it is no error. */
async function sayMeant(context: Context, config: Config, type: string): Promise<void> {
  const [{ meantKind }, known] = await Promise.all([import('./events/meant-kind.ts'), configuredEvents(config)]);
  const meant = meantKind(type, known);
  if (meant !== undefined) context.say(`${known.senders} sends no ${oneLine(type)}. Did you mean --type ${meant}?`);
}

const COLUMNS: readonly Column[] = [
  { title: 'ID', align: 'right' },
  { title: 'RECEIVED' },
  { title: 'STATE' },
  { title: 'EVENT' },
  { title: 'REPO' },
  { title: 'OUTCOME', flexible: true },
];

function eventTable(found: readonly EventSummary[], stopped: StoppedLanes, context: Context): string[] {
  const now = context.clock.now();
  const rows = found.map((event) => [
    String(event.id),
    ago(event.receivedAt, now),
    paintState(event, context.out),
    kindOf(event),
    oneLine(event.repo ?? ''),
    oneLine(outcomeWords(event, stopped)),
  ]);
  const [titles = '', ...lines] = table(COLUMNS, rows, context.io.stdout.columns);
  return [context.out.dim(titles), ...lines];
}

function plainLine(event: EventSummary, stopped: StoppedLanes): string {
  return [
    event.id,
    iso(event.receivedAt),
    event.state,
    kindOf(event),
    oneLine(event.repo ?? '-'),
    oneLine(outcomeWords(event, stopped)),
  ]
    .join('\t')
    .trimEnd();
}
