import type { ConfigFile } from '../config-file.ts';
import { valueAt } from '../plain-data.ts';
import type { Path } from '../yaml-map.ts';

/** Reports a test that names no payload, or two. */
export function checkTest(file: ConfigFile, test: Path): void {
  const has = (key: string) => valueAt(file.data, [...test, key]) !== undefined;
  const extra = ['payload', 'type'].find(has);
  if (has('event') && extra !== undefined) {
    const message = `event and ${extra} are two ways to a payload: keep event alone, or payload and type.`;
    file.report([...test, extra], message, 'key');
  } else if (has('payload') && !has('type')) {
    file.report([...test, 'payload'], 'type is missing: say which event the payload is, as in type: pull_request.');
  } else if (has('type') && !has('payload')) {
    file.report([...test, 'type'], "payload is missing: name the file with GitHub's JSON.");
  } else if (!has('event') && !has('payload')) {
    file.report([...test, 'event'], 'event is missing: name a sample, as in event: pull_request.opened.');
  }
}
