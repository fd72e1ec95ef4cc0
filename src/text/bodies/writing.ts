import { isDisguised } from '../honest-url.ts';
import { wordsWithin } from '../plain.ts';

/** Plain text as Markdown that formats nothing. */
export function asMarkdown(text: string, max: number): string {
  return wordsWithin(text, max)
    .replace(/[\\`*[\]<~|]|&(?=#?\w{1,30};)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&')
    .replace(/^(?=[#>+-]+ |\^)|(?<=^\d{1,9})(?=[.)] )/, '\\');
}

/** Plain text as a link; null where there is no address, or where the text names another host than that. */
export function linkOrNull(text: string, url: string | null): string | null {
  if (url === null || !/^https?:\/\/[^\s()<>]{1,1000}$/.test(url) || !URL.canParse(url)) return null;
  const label = asMarkdown(text, 100);
  return isDisguised(url, label) ? null : `[${label}](${url})`;
}

/** The text alone where it can be no link. */
export function linked(text: string, url: string | null): string {
  return linkOrNull(text, url) ?? asMarkdown(text, 100);
}
