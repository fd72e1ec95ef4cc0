import { summaryJson } from '../../http/event-json.ts';
import type { EventState } from '../../model/event.ts';
import type { Fate } from '../../model/fate.ts';
import type { EventSummary } from '../../model/inbox/records.ts';
import type { LoadedApp } from '../../run/app-port.ts';
import { configuredEvents } from '../../run/every-event.ts';
import { ago, iso } from '../../shared/time-words.ts';
import type { Colors } from '../cli-io.ts';
import { type Context, withArchive } from '../context.ts';
import { outcomeWords } from '../fate-words.ts';
import { pagesOf } from '../pages-of.ts';
import { parseSince } from '../since.ts';
import { type Column, oneLine, table } from '../table.ts';

export interface EventsOptions {
  readonly state?: EventState | Fate;
  readonly type?: string;
  readonly repo?: string;
  readonly since?: string;
  readonly limit: number;
  readonly json?: true;
}

/** Newest first. One JSON object a line, an aligned table on a terminal, tab-separated lines elsewhere. */
export async function events(context: Context, options: EventsOptions): Promise<void> {
  const since = options.since === undefined ? undefined : parseSince(options.since, context.app.clock.now());
  const { state, type, repo, limit } = options;
  const filter = { state, ...(type === undefined ? {} : { kind: type }), repo, since, limit };
  await withArchive(context, async (archive, app) => {
    let count = 0;
    let anyGivenUp = false;
    for await (const page of pagesOf(archive, filter)) {
      count += page.length;
      anyGivenUp ||= page.some(isGivenUp);
      await printPage(page, context, options.json === true);
      if (context.io.closed.aborted) return;
    }
    if (count === 0 && type !== undefined) await sayMeant(context, app, type);
    if (options.json) return;
    const { invocation } = context.app;
    if (count === 0) context.say(`No events match. Try one: ${invocation} send pull_request.opened`);
    if (anyGivenUp)
      context.say(`Given up: these did not reach everybody. To send them again: ${invocation} replay --state dead`);
  });
}

async function printPage(page: readonly EventSummary[], context: Context, json: boolean): Promise<void> {
  if (json) for (const event of page) await context.printJson(summaryJson(event));
  else if (context.io.stdout.isTTY) await context.print(...eventTable(page, context));
  else for (const event of page) await context.print(plainLine(event));
}

/** A type that nobody knows may be one of tomorrow: it is no error. */
async function sayMeant(context: Context, { config }: LoadedApp, type: string): Promise<void> {
  const [{ meantKind }, known] = await Promise.all([import('../event-kinds.ts'), configuredEvents(config)]);
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

function eventTable(found: readonly EventSummary[], context: Context): string[] {
  const now = context.app.clock.now();
  const rows = found.map((event) => [
    String(event.id),
    ago(event.receivedAt, now),
    paintState(event, context.out),
    kindOf(event),
    oneLine(event.repo ?? ''),
    oneLine(outcomeWords(event)),
  ]);
  const [titles = '', ...lines] = table(COLUMNS, rows, context.io.stdout.columns);
  return [context.out.dim(titles), ...lines];
}

function plainLine(event: EventSummary): string {
  return [
    event.id,
    iso(event.receivedAt),
    event.state,
    kindOf(event),
    oneLine(event.repo ?? '-'),
    oneLine(outcomeWords(event)),
  ]
    .join('\t')
    .trimEnd();
}

export function kindOf(event: EventSummary): string {
  return oneLine(event.action === null ? event.type : `${event.type}.${event.action}`);
}

/** ` · acme/api`, or nothing. */
export function repoWords(event: EventSummary): string {
  return event.repo === null ? '' : oneLine(` · ${event.repo}`);
}

function isGivenUp({ fates }: EventSummary): boolean {
  return fates.some(({ fate }) => fate === 'dead');
}

/** Green only where everybody was told. */
export function paintState(event: EventSummary, colors: Colors): string {
  const { state, fates } = event;
  switch (state) {
    case 'routed':
      if (isGivenUp(event)) return colors.red(state);
      return fates.every(({ fate }) => fate === 'told') ? colors.green(state) : colors.yellow(state);
    case 'skipped':
      return colors.dim(state);
    case 'pending':
    case 'quarantined':
      return colors.yellow(state);
    case 'failed':
      return colors.red(state);
  }
}
