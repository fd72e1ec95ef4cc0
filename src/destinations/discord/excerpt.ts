import { isOnlyList } from '../../text/markdown/only-list.ts';
import { type Dialect, type ExcerptLimits, writeMarkdown } from '../../text/markdown/write.ts';
import { clip, escapeText, maskedLink } from './escape.ts';

/** https://support.discord.com/hc/en-us/articles/210298617 */
const DIALECT: Dialect = {
  marks: { '*': '**', _: '*', '~': '~~' },
  quote: '> ',
  words: escapeText,
  // Between backticks nothing can be escaped.
  code: (text) => text.replaceAll('`', "'"),
  codeLine: (text) => text.replaceAll('```', "'''"),
  link: maskedLink,
  clip,
};

const LIMITS: ExcerptLimits = { shown: 400, length: 1200, lines: 8, quoted: false };
const LIST: ExcerptLimits = { ...LIMITS, shown: 600, length: 2400 };

/** GitHub Markdown as a few lines of Discord's, of at most 1,200 characters, a list of 2,400. */
export function excerpt(markdown: string): string {
  return writeMarkdown(markdown, DIALECT, isOnlyList(markdown) ? LIST : LIMITS);
}
