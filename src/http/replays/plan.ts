import type { Archive } from '../../model/inbox/archive.ts';
import { redactAll } from '../../shared/secrets/redact.ts';
import { plural } from '../../shared/time-words.ts';
import { shellWord } from '../acts/shell-word.ts';
import type { ReplayPlan, Selection } from '../api/answers/replays.ts';
import { summaryJson } from '../event-json.ts';
import { type Found, MOST_EVENTS } from './selection.ts';

const SAMPLE = 10;
/** Of a command line that somebody copies. */
const MOST_NAMED = 50;

/** What the command line replays by state: whole events, or messages. */
const BY_STATE: ReadonlySet<string> = new Set(['skipped', 'failed', 'quarantined', 'routed']);

export async function planOf(
  archive: Pick<Archive, 'list'>,
  selection: Selection,
  found: Found,
  invocation: string,
): Promise<ReplayPlan> {
  const { ids, isMore, gone } = found;
  const first = ids.slice(0, SAMPLE);
  const sample = first.length === 0 ? [] : await archive.list({ ids: first, limit: SAMPLE });
  return {
    count: ids.length,
    is_more: isMore,
    gone,
    sample: redactAll(sample.toSorted((a, b) => a.id - b.id).map(summaryJson)) as ReplayPlan['sample'],
    says: planWords(selection, found),
    command: commandOf(selection, found, invocation),
  };
}

function planWords(selection: Selection, { ids, isMore, gone, messages }: Found): string {
  const left = [
    ...(gone === 0 ? [] : [`${plural(gone, 'event')} cannot be decided again: headers and bodies are gone.`]),
    ...(isMore
      ? [`There are more: the ${messages ? 'oldest' : 'newest'} ${MOST_EVENTS.toLocaleString('en-US')} go first.`]
      : []),
    ...('ids' in selection ? missingWords(new Set(selection.ids).size - ids.length - gone) : []),
  ];
  const what = ids.length === 0 ? 'Nothing to replay.' : `${whatWords(ids.length, messages)}.`;
  return [what, ...left].join(' ');
}

function whatWords(count: number, messages: Found['messages']): string {
  if (messages === null) return `${plural(count, 'event')} would be decided again, and told where a rule says so`;
  const to = messages.destination === undefined ? '' : ` to ${messages.destination}`;
  return `The messages${to} of ${plural(count, 'event')} would be sent again`;
}

function missingWords(missing: number): readonly string[] {
  return missing <= 0
    ? []
    : [`${plural(missing, 'event')} ${missing === 1 ? 'is' : 'are'} waiting already, or not there.`];
}

/** Null: the command line has no such selection. */
function commandOf(selection: Selection, { ids }: Found, invocation: string): string | null {
  if ('ids' in selection)
    return ids.length > MOST_NAMED || ids.length === 0 ? null : `${invocation} replay ${ids.join(' ')}`;
  if ('messages' in selection) {
    const { state, destination, cause } = selection.messages;
    const to = destination === undefined ? '' : ` --to ${shellWord(destination)}`;
    return cause === undefined ? `${invocation} replay --state ${state}${to}` : null;
  }
  const { state, ...others } = selection.filter;
  const isStateAlone = Object.values(others).every((value) => value === undefined);
  return state !== undefined && BY_STATE.has(state) && isStateAlone ? `${invocation} replay --state ${state}` : null;
}
