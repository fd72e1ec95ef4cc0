import { type Dialect, type ExcerptLimits, writeMarkdown } from '../../text/markdown/write.ts';
import { escapeText, neutralise } from './escape.ts';
import { clip } from './limits.ts';

const DIALECT: Dialect = {
  marks: { '*': '*', _: '_', '~': '~' },
  quote: '>',
  words: (text) => escapeText(neutralise(text)),
  code: (text) => escapeText(text.replaceAll('`', "'")),
  codeLine: (text) => escapeText(text.replaceAll('```', "'''")),
  link: (url, label) => `<${escapeText(url)}|${label}>`,
  clip,
};

/** GitHub Markdown as compact Slack mrkdwn. */
export function mrkdwn(markdown: string, limits: ExcerptLimits): string {
  return writeMarkdown(markdown, DIALECT, limits);
}
