import type { Colors } from '../../model/plugin/talk.ts';
import type { Check, RuleTrace, Trace, WordedBy } from '../../model/rule.ts';
import { soughtWords } from '../../model/sought.ts';
import { oneLine } from '../../shared/terminal/one-line.ts';

/** The rules as they were asked, each followed by its conditions. Also part of `events show`, and of a failed `test`. */
export function traceLines(trace: Trace | null, colors: Colors): string[] {
  if (trace === null || trace.rules.length + (trace.worded?.length ?? 0) === 0) return [];
  return [...trace.rules.flatMap((rule) => ruleLines(rule, colors)), ...noteLines(trace, colors), ''];
}

/** What else was decided: people, templates, cards, mutes, who declines it. */
export function noteLines(trace: Trace, colors: Colors): string[] {
  return [
    ...(trace.sought ?? []).map((each) => `Of rule ${oneLine(each.rule)}, ${oneLine(soughtWords(each))}`),
    ...(trace.worded ?? []).map((each) => templateLine(each, colors)),
    ...Object.entries(trace.declined ?? {}).map(
      ([name, why]) => `${name} ${colors.red('declines')} it: ${oneLine(why)}`,
    ),
    ...(trace.onCard ?? []).map((name) => `In ${name} its card alone shows it: thread: none`),
    ...Object.entries(trace.muted ?? {}).map(
      ([whom, why]) => `${oneLine(whom)} ${colors.yellow('is not told')}: ${oneLine(why)}`,
    ),
  ];
}

function templateLine({ by, to, why }: WordedBy, colors: Colors): string {
  const template = `Template of ${oneLine(by)}: `;
  if (why === undefined) return `${template}words ${to.join(', ')}`;
  return `${template}${colors.red('failed')}, and the usual words go to ${to.join(', ')}: ${oneLine(why)}`;
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
  const from = check.from === undefined ? '' : colors.dim(`  (${oneLine(check.from)})`);
  return `  ${mark} ${check.check.padEnd(width)}  wanted ${wanted}  saw ${oneLine(check.actual)}${from}`;
}
