import { honestUrl } from '../../text/honest-url.ts';
import { oneLine } from '../../text/plain.ts';

/**
 * All that Discord's Markdown acts on: marks, spoilers, quotes, headings, lists, masked links, code, and what begins with `<`
 * (people, roles, channels, commands, times); a colon before a space begins nothing. Behind a backslash each is itself, anywhere in a line; a letter may not be.
 */
const SPECIAL = /[\\*_~`|>#\-+.[\]()<@]|:(?! )/g;

/** User text that formats nothing, links nowhere and calls nobody. */
export function escapeText(text: string): string {
  return text.replace(SPECIAL, String.raw`\$&`);
}

/** One line of user text, harmless in Discord's Markdown, of at most `max` characters as sent. */
export function label(text: string, max: number): string {
  return clip(escapeText(oneLine(text)), max);
}

/** Escaped text in at most `max` characters, `…` included; never between a backslash and what it escapes, nor within a code point. */
export function clip(escaped: string, max: number): string {
  if (escaped.length <= max) return escaped;
  let kept = '';
  for (const [unit] of escaped.slice(0, max + 1).matchAll(/\\?[^]/gu)) {
    if (kept.length + unit.length > max - 1) break;
    kept += unit;
  }
  return `${kept.trimEnd()}…`;
}

/** Characters; longer addresses are left out. Discord takes 2,048. */
export const URL_LIMIT = 1000;

/** A masked link of a label that is escaped already; the bare label where the address is not to be trusted. */
export function link(url: string | null, escapedLabel: string, maxUrl: number = URL_LIMIT): string {
  const honest = honestUrl(url, maxUrl);
  return honest === null || escapedLabel === '' ? escapedLabel : maskedLink(honest, escapedLabel);
}

/** To an address of `honestUrl`. A parenthesis would end it early, a backslash escape what follows. */
export function maskedLink(url: string, escapedLabel: string): string {
  return `[${escapedLabel}](${url.replace(/[()\\]/g, (character) => `%${character.charCodeAt(0).toString(16)}`)})`;
}

/** For pictures: Discord refuses the whole message when it does not like one address. */
export function imageUrl(url: string | null): string | null {
  const honest = honestUrl(url, 500);
  return honest?.startsWith('https://') ? honest : null;
}
