import { type Dialect, writeMarkdown } from '../../text/markdown/write.ts';
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

/** GitHub Markdown as a few lines of Discord's, of at most 1,200 characters. */
export function excerpt(markdown: string): string {
  return writeMarkdown(markdown, DIALECT, { shown: 400, length: 1200, lines: 8, quoted: false });
}
