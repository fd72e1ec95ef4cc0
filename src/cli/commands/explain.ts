import type { Command } from 'commander';
import { notificationJson, summaryJson } from '../../http/event-json.ts';
import { explanation } from '../../http/explain/explanation.ts';
import { type StoppedLanes, whatBecame } from '../../http/explain/what-became.ts';
import type { EventRecord } from '../../model/inbox/records.ts';
import { jsonText } from '../../shared/terminal/json-text.ts';
import { iso } from '../../shared/time-words.ts';
import { CliError, EXIT } from '../cli-error.ts';
import { type Context, notFound, parseId, readConfig, stoppedLanes, untilStopped, withArchive } from '../context.ts';
import { examples, json } from '../options.ts';
import { oneLine } from '../table.ts';
import { kindOf, repoWords } from '../words/event-words.ts';

interface ExplainOptions {
  readonly json?: true;
  /** What `if:` sees, instead. */
  readonly activity?: true;
}

export function define(command: Command, context: Context): void {
  command
    .description('why an event was, or was not, announced')
    .argument('<id>', 'as `events` lists it')
    .addHelpText(
      'before',
      examples(context, [
        ['explain 42', 'each rule, each condition, with what it saw'],
        ['explain 42 --activity', 'every field that `if:` can name'],
      ]),
    )
    .option('--activity', 'only the event as rules see it, as JSON')
    .addOption(json())
    .action((id: string, options: ExplainOptions) => untilStopped(context, explain(context, id, options)));
}

/** Each rule, each condition with what it wanted and saw, the decision, and what became of it. */
async function explain(context: Context, idText: string, options: ExplainOptions): Promise<void> {
  const id = parseId(idText);
  if (options.activity) return printActivity(context, id, options);
  const [event, stopped] = await withArchive(
    context,
    async (archive) => [await archive.show(id), await stoppedLanes(archive)] as const,
  );
  if (event === null) throw notFound(context, [id]);
  if (options.json) await context.printJson(explanationJson(event, context.invocation, stopped));
  else await context.print(...explanationLines(event, context, stopped));
}

/** @throws CliError, exit code 3: no such event, or one that says nothing to rules */
async function printActivity(context: Context, id: number, { json }: ExplainOptions): Promise<void> {
  const config = await readConfig(context);
  const { activityOf } = await import('../../run/stored/activity-of.ts');
  const seen = await activityOf(id, config);
  if (seen === null) throw notFound(context, [id]);
  if (!seen.ok)
    throw new CliError(
      EXIT.notFound,
      `Rules are not asked about event ${id}: ${oneLine(seen.reason).replace(/\.$/, '')}.`,
    );
  await (json ? context.printJson(seen.activity) : context.print(jsonText(seen.activity, 2)));
}

function explanationJson(event: EventRecord, invocation: string, stopped: StoppedLanes) {
  return {
    ...summaryJson(event),
    verdict: whatBecame(event, invocation, stopped),
    kind: event.trace?.kind ?? null,
    settles_at: event.settlesAt === null ? null : iso(event.settlesAt),
    rules: event.trace?.rules ?? [],
    called: event.trace?.called ?? {},
    sought: event.trace?.sought ?? [],
    worded: event.trace?.worded ?? [],
    declined: event.trace?.declined ?? {},
    on_card: event.trace?.onCard ?? [],
    muted: event.trace?.muted ?? {},
    notifications: event.notifications.map(notificationJson),
  };
}

function explanationLines(event: EventRecord, { invocation, out: colors }: Context, stopped: StoppedLanes): string[] {
  return [
    colors.bold(`Event ${event.id} · ${oneLine(event.trace?.kind ?? kindOf(event))}${repoWords(event)}`),
    colors.dim(
      `received ${iso(event.receivedAt)} by source ${event.source}, ${replayed(event)}now ${event.state}${ofRouted(event)}`,
    ),
    '',
    ...explanation(event, { invocation, colors, stopped }),
  ];
}

/** `imported`, `forgotten`: of other states, what became of it says why. */
function ofRouted({ state, reason }: EventRecord): string {
  return state === 'routed' && reason !== null ? ` (${oneLine(reason)})` : '';
}

function replayed(event: EventRecord): string {
  if (event.replays === 0) return '';
  return `replayed ${event.replays === 1 ? 'once' : `${event.replays} times`}, `;
}
