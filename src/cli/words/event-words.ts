import type { EventSummary } from '../../model/inbox/records.ts';
import type { Colors } from '../../model/plugin/talk.ts';
import { oneLine } from '../table.ts';

export function kindOf(event: EventSummary): string {
  return oneLine(event.action === null ? event.type : `${event.type}.${event.action}`);
}

/** ` · acme/api`, or nothing. */
export function repoWords(event: EventSummary): string {
  return event.repo === null ? '' : oneLine(` · ${event.repo}`);
}

export function isGivenUp({ fates }: EventSummary): boolean {
  return fates.some(({ fate }) => fate === 'dead');
}

/** Green only where everybody was told. */
export function paintState(event: EventSummary, colors: Colors): string {
  const { state, fates } = event;
  switch (state) {
    case 'routed':
      if (isGivenUp(event)) return colors.red(state);
      return fates.every(({ fate }) => fate === 'told') ? colors.green(state) : colors.yellow(state);
    case 'skipped':
      return colors.dim(state);
    case 'pending':
    case 'quarantined':
      return colors.yellow(state);
    case 'failed':
      return colors.red(state);
  }
}
