const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** All that Telegram's HTML acts on: https://core.telegram.org/bots/api#html-style */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? '');
}

/** Is not seen, and parts what stands around it. */
const WORD_JOINER = '\u2060';

/**
 * User text that formats nothing and calls nobody. `@name`, and `/command` at the beginning of a word, act without any markup: a
 * word joiner behind the sign ends that. The slashes of an address and of `acme/api` begin no word.
 */
export function escapeText(text: string): string {
  return escapeHtml(inert(text));
}

/** The same where no markup is read. What ends a text may go on in the next: `@` and a bold `name`. */
export function inert(text: string): string {
  return text.replace(/@(?=\w|$)|(?<![A-Za-z0-9_/<>])\/(?=\w|$)/g, (sign) => sign + WORD_JOINER);
}
