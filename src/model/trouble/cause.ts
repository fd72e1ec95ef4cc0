/** In place of a reason that was not recorded. */
export const NO_REASON = 'no reason was recorded';

const LONGEST = 200;

const GAVE_UP =
  /^gave up after [\d,]+ (?:try|tries), the last: (.*?)(?: \(tidings replay --state dead tries again\))?$/s;

/** A number that says what kind of failure it is: behind such a word, or an HTTP status where our sentences have one. */
const CODE = /\b(?:code|error|errno|exit|status|HTTP|SQLSTATE|answered)["']?[:=]?\s*["'(]?\d+/gi;
const STATUS = /(?:^|\(|: )[1-5]\d\d(?=\s|\)|:|;|$)/g;

/** In this order: what stands for less of a text comes later. `…` is what differs, N a number. */
const REPLACED: readonly (readonly [RegExp, string])[] = [
  [/\b([a-z][a-z0-9+.-]{0,20}):\/\/([^\s/"'<>)]*)[^\s"'<>)]*/gi, '$1://$2'],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?/g, '…'],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '…'],
  // Names of people, and of what it was about.
  [/(?<![\w.])@[\w-]+/g, '@…'],
  [/[\w.-]+\/[\w.-]+#\d+/g, '…'],
  // Ids: letters and digits mixed, eight and more, with or without bars.
  [/\b(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{8,}\b/gi, '…'],
  // Times of a day.
  [/\b\d\d?:\d\d(?::\d\d)?\b/g, '…'],
  [/\d+(?:[.,]\d+)*/g, 'N'],
];

/** Names in quotes differ from message to message, but for codes (`not_in_channel`) and what stands in JSON. */
const QUOTED =
  /(?<before>[:,{[]\s*)?(?:"(?<double>[^"]*)"|“(?<curly>[^”]*)”|'(?<single>[^'\n]*)'(?!\w))(?<after>\s*:)?/g;
const IS_CODE = /^[a-z]+(?:[_.][a-z]+)+$/i;

/**
 * Why something failed, without what differs from one message to the next: ids, numbers, times, names. Equal for what one fix mends, so it
 * is said as it stands: `404 Not Found: no channel “…”`. At most 200 characters. Never throws.
 */
export function causeOf(reason: string | null): string {
  const said = (reason ?? '').trim();
  const last = GAVE_UP.exec(said)?.[1] ?? said;
  if (last === '') return NO_REASON;
  const kept: string[] = [];
  // A private mark, which nobody writes: none is left after the first replacement.
  const keep = (text: string) => `\u{e000}${String.fromCodePoint(0xe100 + (kept.push(text) - 1))}\u{e001}`;
  const marked = last
    .slice(0, 1_000)
    .replaceAll(/[\u{e000}-\u{f8ff}]/gu, '')
    .replaceAll(QUOTED, (whole, ...rest) => withoutName(whole, rest.at(-1)))
    .replaceAll(CODE, keep)
    .replaceAll(STATUS, keep);
  const replaced = REPLACED.reduce((text, [what, by]) => text.replaceAll(what, by), marked);
  const whole = replaced.replaceAll(/\u{e000}([\u{e100}-\u{f8ff}])\u{e001}/gu, (_, mark: string) => {
    return kept[(mark.codePointAt(0) ?? 0) - 0xe100] ?? '';
  });
  return cut(whole.replaceAll(/\s+/g, ' ').trim()) || NO_REASON;
}

function withoutName(whole: string, groups: Readonly<Record<string, string | undefined>>): string {
  const { before, after, double, curly, single } = groups;
  const inside = double ?? curly ?? single ?? '';
  const isJson = double !== undefined && (before !== undefined || after !== undefined);
  if (isJson || inside === '' || IS_CODE.test(inside)) return whole;
  return whole.replace(inside, '…');
}

function cut(text: string): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
  return short.toWellFormed();
}
