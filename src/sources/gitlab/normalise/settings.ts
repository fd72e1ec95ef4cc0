import { isTrue, numberOrNull, type Payload, read, textOrNull } from '../../../shared/payload.ts';
import { type Done, headlineOf, say } from '../../../telling/hosting/words.ts';
import { asWords, dayOf, numberAt, worded } from '../../../telling/parts.ts';

/** One setting of an issue or a merge request that an `update` may change. */
interface Setting {
  /** Its key in `changes`. */
  readonly key: string;
  readonly did: (payload: Payload) => string;
}

/** By what people want to know first. */
const SETTINGS: readonly Setting[] = [
  { key: 'severity', did: (payload) => set('severity', wordAt(payload, 'severity', /^unknown$/)) },
  { key: 'escalation_status', did: (payload) => escalated(textOrNull(payload, 'object_attributes.escalation_status')) },
  { key: 'health_status', did: (payload) => set('health', wordAt(payload, 'health_status')) },
  { key: 'due_date', did: (payload) => set('due date', dayAt(payload, 'due_date')) },
  { key: 'start_date', did: (payload) => set('start date', dayAt(payload, 'start_date')) },
  { key: 'weight', did: (payload) => set('weight', countAt(payload, 'weight')) },
  { key: 'time_estimate', did: estimated },
  { key: 'total_time_spent', did: logged },
  {
    key: 'confidential',
    did: (payload) => `made {it} ${isTrue(payload, 'object_attributes.confidential') ? 'confidential' : 'public'}`,
  },
  { key: 'moved_to_id', did: () => 'moved {it} to another project' },
];

/** Null: none of them changed. With the key of the one that did. */
export function settingChanged(payload: Payload, noun: string): (Done & { readonly key: string }) | null {
  const found = SETTINGS.find(({ key }) => read(payload, `changes.${key}`) !== undefined);
  if (found === undefined) return null;
  return { ...say(headlineOf({ noun }, 'updated'), found.did(payload)), key: found.key };
}

function set(what: string, value: string | null): string {
  return value === null ? `removed the ${what} of {it}` : `set the ${what} of {it} to ${value}`;
}

const ESCALATION: Readonly<Record<string, string>> = {
  acknowledged: 'acknowledged {it}',
  resolved: 'resolved {it}',
  triggered: 'triggered {it} again',
  ignored: 'ignored {it}',
};

function escalated(status: string | null): string {
  return (Object.hasOwn(ESCALATION, status ?? '') ? ESCALATION[status ?? ''] : undefined) ?? set('status', status);
}

function estimated(payload: Payload): string {
  const time = wordAt(payload, 'human_time_estimate');
  const isGone = numberOrNull(payload, 'changes.time_estimate.current') === 0;
  return time === null && !isGone ? 'changed the time estimate of {it}' : set('time estimate', time);
}

function logged(payload: Payload): string {
  const time = wordAt(payload, 'human_time_change');
  return time === null ? 'changed the time spent on {it}' : `logged ${time} on {it}`;
}

function wordAt(payload: Payload, field: string, none = /^$/): string | null {
  const word = textOrNull(payload, `object_attributes.${field}`);
  return word === null || none.test(word) ? null : asWords(worded(word));
}

function countAt(payload: Payload, field: string): string | null {
  const count = numberOrNull(payload, `object_attributes.${field}`) ?? numberAt(payload, `changes.${field}.current`);
  return count === null ? null : String(count);
}

function dayAt(payload: Payload, field: string): string | null {
  const value = textOrNull(payload, `object_attributes.${field}`) ?? textOrNull(payload, `changes.${field}.current`);
  return value === null ? null : dayOf(Date.parse(value));
}
