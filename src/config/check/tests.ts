import type { Path } from '../place/yaml-map.ts';
import type { Remark } from '../read/config-file.ts';
import { mapping } from '../read/plain-data.ts';
import type { WrittenTest } from './written.ts';

/** Where in the test, and what is wrong there. */
export interface SampleProblem {
  readonly at: Path;
  readonly message: string;
}

/** The samples stand in another layer: whoever runs tests brings them along. */
export type CheckSample = (name: string, set: Readonly<Record<string, unknown>>) => readonly SampleProblem[];

/** A test that names no payload, or two, or one that is not there or has no such field. */
export function remarksOnTest({ place, given, event }: WrittenTest, checkSample?: CheckSample): readonly Remark[] {
  const has = (key: string) => given[key] !== undefined;
  const extra = ['payload', 'type'].find(has);
  if (has('event') && extra !== undefined) {
    const message = `event and ${extra} are two ways to a payload: keep event alone, or payload and type.`;
    return [{ place: [...place, extra], message, part: 'key' }];
  }
  const missing = missingPart(has);
  if (missing !== null) return [{ place: [...place, missing.key], message: missing.message }];
  if (event === undefined || event.variable !== undefined || checkSample === undefined) return [];
  return checkSample(event.text, mapping(given['set'])).map(({ at, message }) => ({
    place: [...place, ...at],
    message,
    part: at.length > 1 ? 'key' : 'value',
  }));
}

/** Null: the payload is named whole. */
function missingPart(has: (key: string) => boolean): { readonly key: string; readonly message: string } | null {
  if (has('event') || (has('payload') && has('type'))) return null;
  if (has('payload')) {
    const message = 'type is missing: say which event the payload is, as in type: pull_request.';
    return { key: 'payload', message };
  }
  if (has('type')) return { key: 'type', message: 'payload is missing: name the file with its JSON.' };
  return { key: 'event', message: 'event is missing: name a sample, as in event: pull_request.opened.' };
}
