import type { Source } from '../../src/model/source.ts';
import { activity } from '../fixtures/stored.ts';

/** `#12 open Fix it`: its thread, its state, and all of it for a title. */
export const CARDED = {
  normalise: (event) => {
    const { title, to } = JSON.parse(event.body.toString());
    return { kind: 'activity', activity: activity({ headline: title, labels: to, thread: threadIn(title) }) };
  },
  know: (_type, payload) => {
    const { title } = payload as { readonly title: string };
    const state = title.split(' ')[1] ?? '';
    const facts = Object.entries({ title, state }).map(([name, value]) => ({ name, value, at: null }));
    return [{ thread: threadIn(title), facts }];
  },
} as Partial<Source> as Source;

export function threadIn(title: string): string {
  return `acme/api${title.split(' ')[0]}`;
}
