import type { Command } from 'commander';
import { recordJson } from '../../../http/event-json.ts';
import { traceLines } from '../../../http/explain/trace-lines.ts';
import { calling, fate, type StoppedLanes, whatBecame } from '../../../http/explain/what-became.ts';
import type { EventRecord, NotificationRecord } from '../../../model/inbox/records.ts';
import type { Colors } from '../../../model/plugin/talk.ts';
import { whyGone } from '../../../model/pruning/gone.ts';
import { iso, span } from '../../../shared/time-words.ts';
import { CliError, EXIT } from '../../cli-error.ts';
import { type Context, notFound, parseId, stoppedLanes, untilStopped, withArchive } from '../../context.ts';
import { examples, json } from '../../options.ts';
import { oneLine } from '../../table.ts';
import { prettyBody } from '../../words/body-words.ts';
import { kindOf, paintState, repoWords } from '../../words/event-words.ts';

interface ShowOptions {
  readonly json?: true;
  /** The stored bytes, and nothing else. */
  readonly raw?: true;
  /** The body too, before the decision. */
  readonly body?: true;
}

export function defineShow(command: Command, context: Context): void {
  command
    .description('headers, decision, notifications and attempts of one event; its payload with --body')
    .argument('<id>', 'as `events` lists it')
    .addHelpText(
      'before',
      examples(context, [
        ['events show 42', ''],
        ['events show 42 --body', 'the payload too, indented'],
        ['events show 42 --raw > body.json', 'the stored bytes'],
      ]),
    )
    .option('--body', 'the body too')
    .option('--raw', 'only the body, byte for byte')
    .addOption(json())
    // The parent's --json may be read before this command is reached.
    .action((id: string) => untilStopped(context, show(context, id, command.optsWithGlobals())));
}

/** What is stored of one event; last what became of it. */
async function show(context: Context, idText: string, options: ShowOptions): Promise<void> {
  const id = parseId(idText);
  const [event, stopped] = await withArchive(
    context,
    async (archive) => [await archive.show(id), await stoppedLanes(archive)] as const,
  );
  if (event === null) throw notFound(context, [id]);
  if (options.raw) await context.io.stdout.write(bodyOf(event));
  else if (options.json) await context.printJson(recordJson(event));
  else await context.print(...recordLines(event, context, stopped, options.body === true));
}

/** @throws CliError, exit code 3: it is gone */
function bodyOf(event: EventRecord): Buffer {
  if (event.body === null) throw new CliError(EXIT.notFound, `Event ${event.id} is there, but ${whyGone(event)}.`);
  return event.body;
}

function recordLines(
  event: EventRecord,
  { invocation, out: colors }: Context,
  stopped: StoppedLanes,
  withBody: boolean,
): string[] {
  const title = (text: string) => ['', colors.bold(text)];
  return [
    colors.bold(`Event ${event.id} · ${kindOf(event)}${repoWords(event)}`),
    ...facts(event, colors).map(([name, value]) => `  ${colors.dim(name.padEnd(9))} ${value}`),
    ...(event.headers === null ? [] : title('Headers')),
    ...Object.entries(event.headers ?? {}).map(
      ([name, value]) => `  ${colors.dim(`${name}:`)} ${oneLine(value ?? '')}`,
    ),
    ...(withBody && event.body !== null ? [...title('Body'), prettyBody(event.body)] : []),
    ...title('Decision'),
    ...indented(traceLines(event.trace, colors)),
    `  ${whatBecame(event, invocation, stopped)}`,
    ...event.notifications.flatMap((notification) => notificationLines(notification, event, stopped, colors)),
  ];
}

function facts(event: EventRecord, colors: Colors): readonly (readonly [name: string, value: string])[] {
  const decided = event.expandedAt === null ? [] : [['decided', iso(event.expandedAt)] as const];
  const settles = event.settlesAt === null ? [] : [['settles', `until ${iso(event.settlesAt)}`] as const];
  const suspect = event.suspectOf === null ? [] : [['same body', `as event ${event.suspectOf}`] as const];
  const digest = event.bodyDigest === null ? [] : [['sha256', event.bodyDigest] as const];
  const replays = event.replays === 0 ? [] : [['replays', String(event.replays)] as const];
  return [
    ['state', paintState(event, colors) + (event.reason === null ? '' : ` (${oneLine(event.reason)})`)],
    ['source', `${event.source}, ${cameBy(event)}`],
    ['delivery', oneLine(event.deliveryId)],
    ['received', iso(event.receivedAt)],
    ['stored', `${iso(event.storedAt)}, ${span(Math.max(0, event.storedAt - event.receivedAt))} later`],
    ...settles,
    ...decided,
    ...suspect,
    ...replays,
    ['body', `${event.bodySize.toLocaleString('en-US')} bytes (${bodyWords(event)})`],
    ...digest,
  ];
}

function bodyWords(event: EventRecord): string {
  return event.body === null ? whyGone(event) : '--body shows it, --raw has them as they came';
}

function cameBy({ origin, secretNo }: EventRecord): string {
  switch (origin) {
    case 'webhook':
      return secretNo === 0 ? 'heard over the connection of its source' : `verified by secret ${secretNo}`;
    case 'poll':
      return 'found by poll';
    case 'recovered':
      return 'missed, and fetched from its record there';
  }
}

function notificationLines(
  notification: NotificationRecord,
  event: EventRecord,
  stopped: StoppedLanes,
  colors: Colors,
): string[] {
  const replay = notification.isReplay ? ', a replay' : '';
  return [
    '',
    colors.bold(`Notification ${notification.id} → ${notification.destination}`) +
      colors.dim(` by rule ${notification.rule}${replay}`),
    `  ${oneLine(fate(notification, event.receivedAt, { stopped }) + calling(event, notification.destination))}`,
    ...notification.attempts.map((attempt) => {
      const took = attempt.endedAt === null ? '' : ` in ${span(attempt.endedAt - attempt.startedAt)}`;
      const size = attempt.size > 1 ? ` (digest of ${attempt.size})` : '';
      const detail = attempt.detail === null ? '' : `: ${oneLine(attempt.detail)}`;
      return `  ${colors.dim(iso(attempt.startedAt))} ${attempt.outcome ?? 'running'}${took}${size}${detail}`;
    }),
  ];
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : `  ${line}`));
}
