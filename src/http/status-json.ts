import type { Untold } from '../model/fate.ts';
import type { LaneDepth, LaneHead } from '../model/inbox/archive.ts';
import type { HourCount } from '../model/inbox/counts.ts';
import { plural, span } from '../shared/time-words.ts';
import type { Mood } from './api/answers/common.ts';
import { HOUR_MS, hourOf } from './counted.ts';
import { reasonWords } from './lanes/reason-words.ts';
import { untoldNews } from './untold-words.ts';
import { unheldLanes } from './waiting-lanes.ts';

/** What the strip is made of. */
export interface Standing {
  readonly invocation: string;
  readonly now: number;
  readonly heads: readonly LaneHead[];
  readonly untold: readonly Untold[];
  readonly depths: readonly LaneDepth[];
  /** Of this hour and the one before. */
  readonly counted: readonly HourCount[];
  /** Whether there are events that nobody could read, or that look forged. */
  readonly hasFailed: boolean;
  readonly hasQuarantined: boolean;
  readonly lastEventId: number;
}

/** What waits for so long is said. */
const LONG_MS = 60_000;

export interface Waiting {
  readonly count: number;
  /** ms since 1970. Null: nothing waits. */
  readonly oldest: number | null;
}

export function waitingIn(depths: readonly LaneDepth[]): Waiting {
  const oldest = depths.flatMap(({ oldestReceivedAt }) => (oldestReceivedAt === null ? [] : [oldestReceivedAt]));
  return {
    count: depths.reduce((sum, { depth }) => sum + depth, 0),
    oldest: oldest.length === 0 ? null : Math.min(...oldest),
  };
}

/** Groups, as far as they can be told without reading what failed: each place where nothing arrives, and each that did not get all. */
export function problemsOf({ heads, untold, hasFailed, hasQuarantined }: Standing): number {
  const broken = heads.filter((head) => head.broken !== null).length;
  return broken + untold.length + Number(hasFailed) + Number(hasQuarantined);
}

/** What is wrong first; one sentence. */
export function standingSays(standing: Standing): { readonly mood: Mood; readonly says: string } {
  const { heads, untold, depths, invocation, now, lastEventId, hasFailed, hasQuarantined } = standing;
  const [broken, ...others] = heads.flatMap((head) =>
    head.broken === null ? [] : [{ lane: head.lane, ...head.broken }],
  );
  if (broken !== undefined) {
    const more = others.length === 0 ? '' : ` The same at ${others.map(({ lane }) => lane).join(', ')}.`;
    return { mood: 'bad', says: `${broken.lane}: nothing can arrive, ${reasonWords(broken.reason).what}.${more}` };
  }
  const [idle] = unheldLanes(heads, now);
  if (idle !== undefined) return { mood: 'bad', says: `No worker serves ${idle.lane}, and something waits there.` };
  const [lost] = untoldNews(untold, invocation);
  if (lost !== undefined) return { mood: 'bad', says: sentence(lost.news) };
  if (hasFailed) return { mood: 'bad', says: 'Some events of this week could not be read.' };
  if (hasQuarantined) return { mood: 'bad', says: 'Some events of this week look forged, and are held back.' };
  const { count, oldest } = waitingIn(depths);
  if (count > 0 && oldest !== null && now - oldest > LONG_MS) {
    return {
      mood: 'busy',
      says: `${plural(count, 'message')} ${count === 1 ? 'waits' : 'wait'}, the oldest for ${span(now - oldest)}.`,
    };
  }
  if (lastEventId === 0) return { mood: 'quiet', says: 'Nothing has arrived yet.' };
  return count > 0
    ? { mood: 'busy', says: `${plural(count, 'message')} on the way.` }
    : { mood: 'good', says: 'Everybody was told.' };
}

/** The last sixty minutes, as far as hours can tell: of the hour before, the part that is not over. */
export function lastHour(counted: readonly HourCount[], wanted: HourCount['what'], now: number): number {
  const begun = hourOf(now);
  const left = 1 - (now - begun) / HOUR_MS;
  const sumOf = (hour: number) =>
    counted.filter((each) => each.what === wanted && each.hour === hour).reduce((sum, { count }) => sum + count, 0);
  return Math.round(sumOf(begun) + sumOf(begun - HOUR_MS) * left);
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
