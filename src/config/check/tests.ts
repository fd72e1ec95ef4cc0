import type { Path } from '../place/yaml-map.ts';
import type { ConfigFile } from '../read/config-file.ts';
import { mapping, valueAt } from '../read/plain-data.ts';

/** Where in the test, and what is wrong there. */
export interface SampleProblem {
  readonly at: Path;
  readonly message: string;
}

/** The samples stand in another layer: whoever runs tests brings them along. */
export type CheckSample = (name: string, set: Readonly<Record<string, unknown>>) => readonly SampleProblem[];

/** Reports a test that names no payload, or two, or one that is not there or has no such field. */
export function checkTest(file: ConfigFile, test: Path, checkSample?: CheckSample): void {
  const has = (key: string) => valueAt(file.data, [...test, key]) !== undefined;
  const extra = ['payload', 'type'].find(has);
  if (has('event') && extra !== undefined) {
    const message = `event and ${extra} are two ways to a payload: keep event alone, or payload and type.`;
    file.report([...test, extra], message, 'key');
  } else if (has('payload') && !has('type')) {
    file.report([...test, 'payload'], 'type is missing: say which event the payload is, as in type: pull_request.');
  } else if (has('type') && !has('payload')) {
    file.report([...test, 'type'], 'payload is missing: name the file with its JSON.');
  } else if (!has('event') && !has('payload')) {
    file.report([...test, 'event'], 'event is missing: name a sample, as in event: pull_request.opened.');
  } else if (has('event') && checkSample !== undefined) {
    const { event, set } = mapping(valueAt(file.data, test));
    const isWritten = typeof event === 'string' && file.variableAt([...test, 'event']) === undefined;
    for (const { at, message } of isWritten ? checkSample(event, mapping(set)) : []) {
      file.report([...test, ...at], message, at.length > 1 ? 'key' : 'value');
    }
  }
}
