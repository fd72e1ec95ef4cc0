import { cut, plain } from '../../text/plain.ts';

/** Characters of a text and entries of a list, until it fits. */
const STEPS = [
  { text: 4_000, list: 300 },
  { text: 1_000, list: 100 },
  { text: 300, list: 30 },
  { text: 100, list: 10 },
  { text: 30, list: 5 },
] as const;

type Step = (typeof STEPS)[number];

/**
 * As JSON of at most `max` bytes, which an activity always fits into when its texts are short: longer texts and lists are cut, all of
 * them alike. Texts are without what cannot be seen, which an environment would not take or a log would act on.
 */
export function fitted(value: object, max: number): object {
  let made: object = {};
  for (const step of STEPS) {
    made = shortened(value, step) as object;
    if (Buffer.byteLength(JSON.stringify(made)) <= max) break;
  }
  return made;
}

function shortened(value: unknown, step: Step): unknown {
  if (typeof value === 'string') return cut(plain(value), step.text);
  if (Array.isArray(value)) return value.slice(0, step.list).map((each: unknown) => shortened(each, step));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shortened(each, step)]));
}
