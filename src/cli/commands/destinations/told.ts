import type { Lane } from '../../../http/api/answers/lanes.ts';
import { brokenNews, whyOf } from '../../../http/broken-words.ts';
import { byAndSince } from '../../../http/held-words.ts';
import { lanesJson } from '../../../http/lanes/lanes-json.ts';
import type { LaneDepth } from '../../../model/inbox/archive.ts';
import type { Colors } from '../../../model/plugin/talk.ts';
import { ago, plural, span } from '../../../shared/time-words.ts';
import type { Context } from '../../context.ts';
import { oneLine } from '../../table.ts';

/** One destination with what is known of its lane. */
export interface DestinationState {
  readonly name: string;
  readonly type: string;
  /** Where, without secrets. */
  readonly words: string;
  /** Null: nothing was ever to be sent there, or nobody knows. */
  readonly lane: LaneDepth | null;
}

export function destinationLines(state: DestinationState, context: Context, now: number): readonly string[] {
  const { name, type, words, lane } = state;
  const { out } = context;
  const sentAt = lane?.sentAt ?? null;
  return [
    `${out.bold(name)}  ${type}`,
    line('where', words, out),
    line('waiting', waitingWords(lane, now), out),
    ...cardLines(lane, out),
    line('sent', sentAt === null ? 'nothing yet' : ago(sentAt, now), out),
    ...stateLines(lane, context, now),
    '',
  ];
}

function waitingWords(lane: LaneDepth | null, now: number): string {
  if (lane === null || lane.depth === 0) return 'nothing';
  const oldest =
    lane.oldestReceivedAt === null ? '' : `, the oldest for ${span(Math.max(0, now - lane.oldestReceivedAt))}`;
  return `${plural(lane.depth, 'message')}${oldest}`;
}

function cardLines(lane: LaneDepth | null, out: Colors): readonly string[] {
  const behind = lane?.cardsBehind ?? 0;
  return behind === 0 ? [] : [line('cards', `${plural(behind, 'card')} to be posted or edited`, out)];
}

function stateLines(lane: LaneDepth | null, context: Context, now: number): readonly string[] {
  if (lane === null) return [];
  return [...heldLines(lane, context), ...ownStateLines(lane, context, now)];
}

function heldLines({ lane, held }: LaneDepth, { out, invocation }: Context): readonly string[] {
  if (held === null) return [];
  return [
    line('paused', `by ${byAndSince(held)}`, out),
    line('', `→ To send again: ${invocation} resume ${lane}. What waits is sent then, in order.`, out),
  ];
}

function ownStateLines(lane: LaneDepth, { out, invocation }: Context, now: number): readonly string[] {
  if (lane.broken !== null) {
    return [
      line('broken', out.red(`for ${span(Math.max(0, now - lane.broken.at))}: ${whyOf(lane.broken)}`), out),
      ...brokenNews([lane], invocation).map(({ command }) =>
        line('', `→ Once that is mended: ${command}. What waits is sent then, in order.`, out),
      ),
    ];
  }
  if (!isPaused(lane, now)) return [];
  const tries = `${plural(lane.failures, 'failure')} in a row`;
  return [line('paused', `${tries}, the next try is in ${span(lane.notBefore - now)}`, out)];
}

/** Between any two messages is the lane's pace: that is no pause. */
function isPaused({ failures, notBefore }: LaneDepth, now: number): boolean {
  return failures > 0 && notBefore > now;
}

function line(name: string, text: string, { dim }: Colors): string {
  return `  ${dim(name)}${' '.repeat(9 - name.length)}${oneLine(text)}`;
}

/** One line of `destinations --json`: a lane as the API tells it. What only the process knows that sends is null. */
export function destinationJson(
  { name, type, words, lane }: DestinationState,
  { now, invocation }: Asking,
): Lane | undefined {
  const place = { name, type, words, ...UNKNOWN };
  return lanesJson(lane === null ? [] : [lane], [place], { now, invocation }).lanes[0];
}

interface Asking {
  readonly now: number;
  readonly invocation: string;
}

const UNKNOWN = { paceMs: null, digestOver: null, concurrency: null, whyNoTest: 'The process that sends can.' };
