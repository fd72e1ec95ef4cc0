import type { EventRecord } from '../../model/inbox/records.ts';
import type { Colors } from '../../model/plugin/talk.ts';
import { TAKES_ALL } from '../../model/rule.ts';
import { oneLine } from '../../shared/terminal/one-line.ts';
import { traceLines } from './trace-lines.ts';
import { calling, fate, type StoppedLanes, whatBecame } from './what-became.ts';

interface Explaining {
  /** How this program is started. */
  readonly invocation: string;
  readonly colors: Colors;
  readonly stopped: StoppedLanes;
  /** As `fate` has it. */
  readonly now?: number | undefined;
}

/** Each rule, each condition with what it wanted and saw, the decision, and what became of it at each destination. */
export function explanation(event: EventRecord, { invocation, colors, stopped, now }: Explaining): string[] {
  return [
    ...traceLines(event.trace, colors),
    whatBecame(event, invocation, stopped),
    ...event.notifications
      .map((each) =>
        oneLine(
          `  ${each.destination}: ${takesAll(event, each)}${fate(each, event.receivedAt, { stopped, now })}${calling(event, each.destination)}`,
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
