import type { LaneDepth } from '../../model/inbox/archive.ts';
import type { Hold } from '../../model/inbox/lanes.ts';
import { ago, iso, lasting, plural, span } from '../../shared/time-words.ts';
import { shellWord } from '../acts/shell-word.ts';
import type { Lane } from '../api/answers/lanes.ts';
import { unheldLanes } from '../waiting-lanes.ts';
import { reasonWords, sentence } from './reason-words.ts';

/** How a lane is, and what to do about it, for a person. */
export type LaneWords = Pick<Lane, 'mood' | 'says' | 'next' | 'command'>;

export interface LaneSeen {
  readonly name: string;
  /** Null: nothing was ever to be sent there. */
  readonly lane: LaneDepth | null;
  /** False: no destination has this name any more. */
  readonly isConfigured: boolean;
}

/** What is worst comes first: what a person has to do, what a person did, what goes on by itself. */
export function laneWords({ name, lane, isConfigured }: LaneSeen, now: number, invocation: string): LaneWords {
  const waits = waitWords(lane, now);
  if (lane === null) return { mood: 'quiet', says: 'Nothing was sent there yet.', next: null, command: null };
  if (!isConfigured) {
    const next = `Add ${name} to the destinations again, and what waits is sent; or drain it.`;
    return { mood: 'bad', says: `${waits} No destination has this name any more.`, next, command: null };
  }
  if (lane.broken !== null) {
    const { what, fix } = reasonWords(lane.broken.reason);
    const next = `${fix === null ? 'Mend that' : sentence(fix).slice(0, -1)}, then resume it: what waits is sent in order.`;
    const says = `Nothing can arrive for ${lasting(Math.max(0, now - lane.broken.at))}: ${sentence(what)}${lane.depth > 0 ? ` ${waits}` : ''}`;
    return { mood: 'bad', says, next, command: `${invocation} resume ${shellWord(name)}` };
  }
  if (lane.held !== null) {
    const says = `Paused ${heldWords(lane.held, now)}.${lane.depth > 0 ? ` ${waits}` : ''}`;
    const next =
      lane.held.until === null
        ? 'Resume it, and what waits is sent in order.'
        : 'It goes on then by itself, or as soon as you resume it.';
    return { mood: 'quiet', says, next, command: `${invocation} resume ${shellWord(name)}` };
  }
  return goingWords(lane, waits, now, invocation);
}

function goingWords(lane: LaneDepth, waits: string, now: number, invocation: string): LaneWords {
  if (isRetrying(lane, now)) {
    const says = `It failed ${times(lane.failures)} in a row, and is tried again in ${span(lane.notBefore - now)}. ${waits}`;
    return { mood: 'bad', says, next: 'Nothing to do: it goes on by itself.', command: null };
  }
  if (isUnserved(lane, now)) {
    const next = 'Start a worker; or restart it, where one runs.';
    return { mood: 'bad', says: `${waits} No worker has the lane.`, next, command: `${invocation} start` };
  }
  const sent = lane.sentAt === null ? 'Nothing was sent there yet.' : `Last sent ${ago(lane.sentAt, now)}.`;
  if (lane.depth > 0) return { mood: 'busy', says: `${waits} ${sent}`, next: null, command: null };
  return { mood: lane.sentAt === null ? 'quiet' : 'good', says: `Nothing waits. ${sent}`, next: null, command: null };
}

/** Between any two messages is the lane's pace: that is no pause. */
export function isRetrying({ failures, notBefore, broken }: LaneDepth, now: number): boolean {
  return broken === null && failures > 0 && notBefore > now;
}

/** Something is to be sent now, for longer than it takes a worker to take over, and none has it. */
export function isUnserved(lane: LaneDepth, now: number): boolean {
  const { oldestReceivedAt, depth } = lane;
  const head = { ...lane, eventId: depth > 0 ? 1 : null, receivedAt: oldestReceivedAt };
  return unheldLanes([head], now).length > 0;
}

/** `3 min ago by mona, until somebody resumes it` */
export function heldWords({ by, at, until }: Hold, now: number): string {
  const end =
    until === null ? 'until somebody resumes it' : `for ${span(Math.max(0, until - now))} more, until ${iso(until)}`;
  return `${ago(at, now)} by ${by}, ${end}`;
}

/** `37 messages wait, the oldest for 3 min.` */
export function waitWords(lane: LaneDepth | null, now: number): string {
  if (lane === null || lane.depth === 0) return 'Nothing waits.';
  const { depth, oldestReceivedAt } = lane;
  const waited = oldestReceivedAt === null ? null : lasting(Math.max(0, now - oldestReceivedAt));
  if (depth === 1) return waited === null ? '1 message waits.' : `1 message has waited for ${waited}.`;
  return `${plural(depth, 'message')} wait${waited === null ? '' : `, the oldest for ${waited}`}.`;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
