import { BODY_VERSION } from './activity-body.ts';
import { HELLO_TEXT, HELLO_TITLE } from './keep-after-hello.ts';

/** What programs get when a place is connected: of the shape of an activity's, with as little in it as can be. */
export function helloBody(now: number) {
  const data = { kind: 'hello', source: 'tidings', headline: HELLO_TITLE, text: HELLO_TEXT };
  return { version: BODY_VERSION, type: 'hello', timestamp: new Date(now).toISOString(), data } as const;
}
