import type { StoppedLanes } from '../../http/explain/what-became.ts';
import { countFates, type EventFate, FATES, type Fate } from '../../model/fate.ts';
import type { EventSummary } from '../../model/inbox/records.ts';

const FATE_WORDS: Readonly<Record<Fate, string>> = {
  told: 'told',
  waiting: 'waiting',
  held: 'held',
  unknown: 'unknown',
  dead: 'given up',
};

/** `told 2 · waiting 1 · given up 1 (audit: 404 gone)`; where nobody was to be told, why. */
export function outcomeWords({ fates, reason }: EventSummary, stopped: StoppedLanes = NONE): string {
  if (fates.length === 0) return reason ?? '';
  const why = reason === null ? untoldWhy(fates, stopped) : `: ${reason}`;
  return `${countWords(fates)}${why}`;
}

const NONE: StoppedLanes = new Map();

function untoldWhy(fates: readonly EventFate[], stopped: StoppedLanes): string {
  const stuck = fates.find(({ fate, destination }) => fate === 'waiting' && stopped.has(destination));
  if (stuck !== undefined) {
    const isBroken = stopped.get(stuck.destination)?.broken !== null;
    return ` (${stuck.destination}: ${isBroken ? 'nothing can arrive there' : 'paused'})`;
  }
  const untold = fates.find(({ fate, reason }) => (fate === 'dead' || fate === 'unknown') && reason !== null);
  return untold === undefined ? '' : ` (${untold.destination}: ${untold.reason})`;
}

function countWords(fates: readonly EventFate[]): string {
  const counts = countFates(fates);
  return FATES.flatMap((fate) => (counts[fate] === 0 ? [] : [`${FATE_WORDS[fate]} ${counts[fate]}`])).join(' · ');
}
