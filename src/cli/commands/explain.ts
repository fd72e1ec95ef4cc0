import { notificationJson, summaryJson } from '../../http/event-json.ts';
import type { EventRecord } from '../../model/inbox/records.ts';
import type { Check, RuleTrace, Trace } from '../../model/rule.ts';
import { jsonText } from '../../shared/json-text.ts';
import { iso } from '../../shared/time-words.ts';
import { CliError, EXIT } from '../cli-error.ts';
import type { Colors } from '../cli-io.ts';
import { type Context, notFound, parseId, readApp, withArchive } from '../context.ts';
import { oneLine } from '../table.ts';
import { calling, fate, verdict } from '../verdict.ts';
import { kindOf, repoWords } from './events.ts';

export interface ExplainOptions {
  readonly json?: true;
  /** What `if:` sees, instead. */
  readonly activity?: true;
}

/** Each rule, each condition with what it wanted and saw, the decision, and what became of it. */
export async function explain(context: Context, idText: string, options: ExplainOptions): Promise<void> {
  const id = parseId(idText);
  if (options.activity) return printActivity(context, id, options);
  const event = await withArchive(context, (archive) => archive.show(id));
  if (event === null) throw notFound(context, [id]);
  if (options.json) await context.printJson(explanationJson(event, context.app.invocation));
  else await context.print(...explanation(event, context.app.invocation, context.out));
}

/** @throws CliError, exit code 3: no such event, or one that says nothing to rules */
async function printActivity(context: Context, id: number, { json }: ExplainOptions): Promise<void> {
  const app = await readApp(context);
  const seen = await app.activity(id);
  if (seen === null) throw notFound(context, [id]);
  if (!seen.ok) throw new CliError(EXIT.notFound, `Rules are not asked about event ${id}: ${oneLine(seen.reason)}`);
  await (json ? context.printJson(seen.activity) : context.print(jsonText(seen.activity, 2)));
}

function explanationJson(event: EventRecord, invocation: string) {
  return {
    ...summaryJson(event),
    verdict: verdict(event, invocation),
    kind: event.trace?.kind ?? null,
    settles_at: event.settlesAt === null ? null : iso(event.settlesAt),
    rules: event.trace?.rules ?? [],
    called: event.trace?.called ?? {},
    notifications: event.notifications.map(notificationJson),
  };
}

function explanation(event: EventRecord, invocation: string, colors: Colors): string[] {
  return [
    colors.bold(`Event ${event.id} · ${oneLine(event.trace?.kind ?? kindOf(event))}${repoWords(event)}`),
    colors.dim(`received ${iso(event.receivedAt)} by source ${event.source}, ${replayed(event)}now ${event.state}`),
    '',
    ...traceLines(event.trace, colors),
    verdict(event, invocation),
    ...event.notifications
      .map((each) =>
        oneLine(`  ${each.destination}: ${fate(each, event.receivedAt)}${calling(event, each.destination)}`).trimEnd(),
      )
      .map(indent),
  ];
}

/** The rules as they were asked, each followed by its conditions. Also part of `events show`, and of a failed `test`. */
export function traceLines(trace: Trace | null, colors: Colors): string[] {
  if (trace === null || trace.rules.length === 0) return [];
  return [...trace.rules.flatMap((rule) => ruleLines(rule, colors)), ''];
}

function ruleLines(rule: RuleTrace, colors: Colors): string[] {
  const width = Math.max(0, ...rule.checks.map((check) => check.check.length));
  const wantedWidth = Math.max(0, ...rule.checks.map((check) => oneLine(check.wanted).length));
  return [ruleTitle(rule, colors), ...rule.checks.map((check) => checkLine(check, width, wantedWidth, colors))];
}

function ruleTitle(rule: RuleTrace, colors: Colors): string {
  switch (rule.result) {
    case 'matched':
      return `Rule ${rule.rule}: ${colors.green('matched')}${rule.to.length > 0 ? ` → ${rule.to.join(', ')}` : ', and tells nobody'}`;
    case 'no_match':
      return `Rule ${rule.rule}: did not match`;
    case 'not_asked':
      return colors.dim(`Rule ${rule.rule}: not asked, an earlier rule that matched has stop: true`);
  }
}

function checkLine(check: Check, width: number, wantedWidth: number, colors: Colors): string {
  const mark = check.ok ? colors.green('✓') : colors.red('✗');
  const wanted = oneLine(check.wanted).padEnd(wantedWidth);
  return `  ${mark} ${check.check.padEnd(width)}  wanted ${wanted}  saw ${oneLine(check.actual)}`;
}

function replayed(event: EventRecord): string {
  if (event.replays === 0) return '';
  return `replayed ${event.replays === 1 ? 'once' : `${event.replays} times`}, `;
}

function indent(line: string): string {
  return `  ${line.trimStart()}`;
}
