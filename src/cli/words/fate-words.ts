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
export function outcomeWords({ fates, reason }: EventSummary, broken: ReadonlySet<string> = NONE): string {
  if (fates.length === 0) return reason ?? '';
  const why = reason === null ? untoldWhy(fates, broken) : `: ${reason}`;
  return `${countWords(fates)}${why}`;
}

const NONE: ReadonlySet<string> = new Set();

function untoldWhy(fates: readonly EventFate[], broken: ReadonlySet<string>): string {
  const stuck = fates.find(({ fate, destination }) => fate === 'waiting' && broken.has(destination));
  if (stuck !== undefined) return ` (${stuck.destination}: nothing can arrive there)`;
  const untold = fates.find(({ fate, reason }) => (fate === 'dead' || fate === 'unknown') && reason !== null);
  return untold === undefined ? '' : ` (${untold.destination}: ${untold.reason})`;
}

function countWords(fates: readonly EventFate[]): string {
  const counts = countFates(fates);
  return FATES.flatMap((fate) => (counts[fate] === 0 ? [] : [`${FATE_WORDS[fate]} ${counts[fate]}`])).join(' · ');
}
