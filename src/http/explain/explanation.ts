import type { EventRecord } from '../../model/inbox/records.ts';
import type { Colors } from '../../model/plugin/talk.ts';
import { TAKES_ALL } from '../../model/rule.ts';
import { oneLine } from '../../shared/terminal/one-line.ts';
import { traceLines } from './trace-lines.ts';
import { type BrokenLanes, calling, fate, whatBecame } from './what-became.ts';

interface Explaining {
  /** How this program is started. */
  readonly invocation: string;
  readonly colors: Colors;
  readonly broken: BrokenLanes;
  /** As `fate` has it. */
  readonly now?: number | undefined;
}

/** Each rule, each condition with what it wanted and saw, the decision, and what became of it at each destination. */
export function explanation(event: EventRecord, { invocation, colors, broken, now }: Explaining): string[] {
  return [
    ...traceLines(event.trace, colors),
    whatBecame(event, invocation, broken),
    ...event.notifications
      .map((each) =>
        oneLine(
          `  ${each.destination}: ${takesAll(event, each)}${fate(each, event.receivedAt, { broken, now })}${calling(event, each.destination)}`,
        ).trimEnd(),
      )
      .map((line) => `  ${line.trimStart()}`),
  ];
}

/** Told whatever rules say: what told it is none of those that were asked. */
function takesAll({ trace }: EventRecord, { rule }: Pick<EventRecord['notifications'][number], 'rule'>): string {
  const isAsked = trace?.rules.some((each) => each.rule === rule) ?? false;
  return rule === TAKES_ALL && !isAsked ? 'takes all; ' : '';
}
