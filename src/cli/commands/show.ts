import { parsedBody, recordJson } from '../../http/event-json.ts';
import type { EventRecord, NotificationRecord } from '../../model/inbox/records.ts';
import { jsonText } from '../../shared/json-text.ts';
import { iso, span } from '../../shared/time-words.ts';
import type { Colors } from '../cli-io.ts';
import { type Context, notFound, parseId, withArchive } from '../context.ts';
import { oneLine } from '../table.ts';
import { calling, fate, verdict } from '../verdict.ts';
import { kindOf, paintState, repoWords } from './events.ts';
import { traceLines } from './explain.ts';

export interface ShowOptions {
  readonly json?: true;
  /** The stored bytes, and nothing else. */
  readonly raw?: true;
  /** The body too, before the decision. */
  readonly body?: true;
}

/** What is stored of one event; last what became of it. */
export async function show(context: Context, idText: string, options: ShowOptions): Promise<void> {
  const id = parseId(idText);
  const event = await withArchive(context, (archive) => archive.show(id));
  if (event === null) throw notFound(context, [id]);
  if (options.raw) await context.io.stdout.write(event.body);
  else if (options.json) await context.printJson(recordJson(event));
  else await context.print(...recordLines(event, context, options.body === true));
}

function recordLines(event: EventRecord, { app, out: colors }: Context, withBody: boolean): string[] {
  const title = (text: string) => ['', colors.bold(text)];
  return [
    colors.bold(`Event ${event.id} · ${kindOf(event)}${repoWords(event)}`),
    ...facts(event, colors).map(([name, value]) => `  ${colors.dim(name.padEnd(9))} ${value}`),
    ...title('Headers'),
    ...Object.entries(event.headers).map(([name, value]) => `  ${colors.dim(`${name}:`)} ${oneLine(value ?? '')}`),
    ...(withBody ? [...title('Body'), prettyBody(event.body)] : []),
    ...title('Decision'),
    ...indented(traceLines(event.trace, colors)),
    `  ${verdict(event, app.invocation)}`,
    ...event.notifications.flatMap((notification) => notificationLines(notification, event, colors)),
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
    ['body', `${event.body.length.toLocaleString('en-US')} bytes (--body shows it, --raw has them as they came)`],
    ...digest,
  ];
}

function cameBy({ origin, secretNo }: EventRecord): string {
  switch (origin) {
    case 'webhook':
      return `verified by secret ${secretNo}`;
    case 'poll':
      return 'found by poll';
    case 'recovered':
      return 'missed, and fetched from its record there';
  }
}

function notificationLines(notification: NotificationRecord, event: EventRecord, colors: Colors): string[] {
  const replay = notification.isReplay ? ', a replay' : '';
  return [
    '',
    colors.bold(`Notification ${notification.id} → ${notification.destination}`) +
      colors.dim(` by rule ${notification.rule}${replay}`),
    `  ${oneLine(fate(notification, event.receivedAt) + calling(event, notification.destination))}`,
    ...notification.attempts.map((attempt) => {
      const took = attempt.endedAt === null ? '' : ` in ${span(attempt.endedAt - attempt.startedAt)}`;
      const size = attempt.size > 1 ? ` (digest of ${attempt.size})` : '';
      const detail = attempt.detail === null ? '' : `: ${oneLine(attempt.detail)}`;
      return `  ${colors.dim(iso(attempt.startedAt))} ${attempt.outcome ?? 'running'}${took}${size}${detail}`;
    }),
  ];
}

/**
 * Indented JSON, with what could steer a terminal or reorder its text escaped; a body that is no JSON as text without it.
 * `--raw` has the bytes.
 */
export function prettyBody(body: Buffer): string {
  const parsed = parsedBody(body);
  if (typeof parsed === 'string') return parsed.split('\n').map(oneLine).join('\n');
  return jsonText(parsed, 2);
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : `  ${line}`));
}
