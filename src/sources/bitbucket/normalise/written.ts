import { read, textOrNull } from '../../../shared/payload.ts';
import { escaped } from '../../../telling/hosting/commits.ts';

/** What somebody is called, in a text, by an id that nobody reads: `@{557058:2a6349dc-…}`. */
const MENTION = /@\{([\w:-]{1,80})\}/g;
/** What the same text shows as HTML. */
const SHOWN = /data-atlassian-id="([\w:-]{1,80})"[^>]{0,300}>\s{0,9}@?([^<]{1,80})</g;
const HTML_LIMIT = 200_000;

/** The Markdown of a `content`: mentions by name, and without the joiner that Bitbucket's editor leaves at the end. */
export function written(content: unknown): string | null {
  return withNames(textOrNull(content, 'raw'), textOrNull(content, 'html'));
}

/** A pull request has its text in two places, of which only one has HTML. */
export function description(pullrequest: unknown): string | null {
  const html = textOrNull(read(pullrequest, 'rendered.description'), 'html') ?? textOrNull(pullrequest, 'summary.html');
  return withNames(textOrNull(pullrequest, 'description') ?? textOrNull(pullrequest, 'summary.raw'), html);
}

function withNames(markdown: string | null, html: string | null): string | null {
  if (markdown === null) return null;
  const names = new Map([...(html ?? '').slice(0, HTML_LIMIT).matchAll(SHOWN)].map(([, id, name]) => [id, name]));
  return trimmed(markdown.replace(MENTION, (_, id: string) => `@${escaped(names.get(id)?.trim() || 'somebody')}`));
}

const INVISIBLE = /[\s\u200b\u200c]/;

/** By hand: a pattern that ends in `$` looks at each run of blanks again and again. */
function trimmed(text: string): string {
  let end = text.length;
  while (end > 0 && INVISIBLE.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
