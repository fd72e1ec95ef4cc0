import { countFates, type EventFate, FATES, type Fate } from '../../model/fate.ts';
import type { EventSummary } from '../../model/inbox.ts';

const FATE_WORDS: Readonly<Record<Fate, string>> = {
  told: 'told',
  waiting: 'waiting',
  held: 'held',
  unknown: 'unknown',
  dead: 'given up',
};

/** `told 2 · waiting 1 · given up 1: 404 channel_not_found`; where nobody was to be told, why. */
export function outcomeWords({ fates, reason }: EventSummary): string {
  const why = reason ?? fates.find(({ fate }) => fate === 'dead' || fate === 'unknown')?.reason ?? null;
  return [fatesWords(fates), why].filter((part) => part !== null && part !== '').join(': ');
}

function fatesWords(fates: readonly EventFate[]): string {
  const counts = countFates(fates);
  return FATES.flatMap((fate) => (counts[fate] === 0 ? [] : [`${FATE_WORDS[fate]} ${counts[fate]}`])).join(' · ');
}
