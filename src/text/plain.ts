import { redact } from '../shared/secrets/redact.ts';

/**
 * Control characters (terminal escapes, null bytes), marks that turn the direction of text around, lone surrogates, and what
 * is never seen (but the joiners within emoji and words): nothing a person typed on purpose, everything a forger needs.
 */
const HIDDEN =
  /(?![\n\t])\p{Cc}|\p{Bidi_Control}|\p{Cs}|[\u{AD}\u{115F}\u{1160}\u{180E}\u{200B}\u{2060}-\u{2064}\u{3164}\u{FEFF}\u{FFA0}]/gu;

/** No script puts more marks on one letter; a pile of them covers the lines above and below. */
const PILED = /(\p{M}{8})\p{M}+/gu;

/** Most texts: a simple pattern is five times as fast as those below. */
const SEEN = /^[\n\t -~]*$/;

/** User text without what cannot be seen; line breaks of all kinds become `\n`. */
export function plain(text: string): string {
  if (SEEN.test(text)) return text;
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(HIDDEN, '')
    .replace(PILED, '$1');
}

/** Titles, names and labels are cut to a few hundred characters: more than this is not even looked at. */
const READ = 4_000;

/** User text on one line: for titles, names and labels. */
export function oneLine(text: string): string {
  const seen = plain(text.slice(0, READ));
  return (/[^\S ]| {2}/.test(seen) ? seen.replace(/\s+/gu, ' ') : seen).trim();
}

/** What an endpoint answered, for people. It may repeat what it was sent, so secrets go before it is cut. */
export function quoted(text: string, max: number): string {
  return oneLine(redact(text)).slice(0, max).toWellFormed();
}

/** Whether a character belongs to a word, as the formatting marks of Markdown and Slack see it. */
export function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}\p{Cs}]/u.test(character);
}

/** At most `max` UTF-16 units, `…` included. Never cuts a code point in two. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const last = text.charCodeAt(max - 2);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return `${text.slice(0, Math.max(0, max - (splitsPair ? 2 : 1))).trimEnd()}…`;
}

/** A longer word is an address, or of a script that knows no blanks: it is cut. */
const WORD = 40;

/** The same, cut between two words where that is possible: for texts that people read. */
export function wordsWithin(text: string, max: number): string {
  if (text.length <= max) return text;
  const hard = cut(text, max).slice(0, -1);
  const tail = hard.slice(-WORD);
  const blank = /\s/.test(text[hard.length] ?? '') ? -1 : tail.search(/\s\S*$/u);
  const whole = blank < 0 ? hard : hard.slice(0, hard.length - tail.length + blank).trimEnd();
  return `${(whole || hard).replace(/[,;:]$/, '')}…`;
}
