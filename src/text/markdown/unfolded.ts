import { withoutComments } from './comments.ts';
import { Fences } from './fences.ts';
import { attribute } from './html.ts';
import { isBadge, withTargets } from './links.ts';

/** What may hide or fold something away: most texts hold none of it, and are not looked at any closer. */
const PERHAPS = /<(?:!--|\/?details|summary|img|a\b)|!\[/i;
const FOLD = /<(\/?)(details|summary)(?:\s[^<>]{0,200})?>/gi;
const HEADING_TAG = /<\/?h[1-6](?:\s[^<>]{0,200})?>/gi;
const LINKED_IMAGE = /\[!\[[^\][\n]{0,300}\]\(([^()\s]{1,1000})[^()\n]{0,300}\)\]\([^()\n]{0,1000}\)/g;
const IMAGE = /!\[[^\][\n]{0,300}\]\(([^()\s]{1,1000})[^()\n]{0,300}\)/g;
const LINKED_TAG = /<a\s[^<>]{1,1000}>\s{0,20}(<img\s[^<>]{1,1000}>)\s{0,20}<\/a>/gi;
const IMAGE_TAG = /<img\s[^<>]{1,1000}>/gi;

/**
 * The Markdown that a reader of the page sees at once: comments and badges are gone, and of what is folded away stays the summary.
 * Above `enough` characters, it is only sure that so many are there; code is left as it is.
 */
export function unfolded(markdown: string, enough: number): string {
  const seen = PERHAPS.test(markdown) ? withoutFolds(markdown, enough) : markdown.slice(0, 2 * enough).trim();
  // Of a long one the end will be left out, and definitions stand there.
  return markdown.length > enough / 2 ? withTargets(seen, markdown) : seen;
}

function withoutFolds(markdown: string, enough: number): string {
  const kept: string[] = [];
  const folds = new Folds();
  let length = 0;
  const fences = new Fences();
  for (const line of withoutComments(markdown).split('\n')) {
    const text = fences.isCode(line) ? (folds.isFolded ? null : line) : folds.read(withoutBadges(line));
    if (text === null || (text.trim() === '' && line.trim() !== '')) continue;
    kept.push(text);
    length += text.length + 1;
    if (length > enough) break;
  }
  return kept.join('\n').trim();
}

function withoutBadges(line: string): string {
  const isShown = (all: string, url: string): string => (isBadge(url) ? '' : all);
  let text = line;
  if (text.includes('![')) text = text.replace(LINKED_IMAGE, isShown).replace(IMAGE, isShown);
  if (/<img\s/i.test(text)) {
    text = text.replace(LINKED_TAG, (all: string, image: string) => isShown(all, attribute(image, 'src')));
    text = text.replace(IMAGE_TAG, (image) => isShown(image, attribute(image, 'src')));
  }
  return text;
}

/** Follows `<details>` over the lines. */
class Folds {
  #depth = 0;
  #inSummary = false;

  get isFolded(): boolean {
    return this.#depth > 0 && !this.#inSummary;
  }

  /** What of a line is to be seen; null: nothing. */
  read(line: string): string | null {
    if (!line.includes('<')) return this.isFolded ? null : line;
    let seen = '';
    let at = 0;
    for (const { 0: tag, 1: closing, 2: name = '', index } of line.matchAll(FOLD)) {
      seen += this.#seen(line.slice(at, index));
      at = index + tag.length;
      seen += this.#tag(name.toLowerCase(), closing === '/');
    }
    seen += this.#seen(line.slice(at));
    return seen.trim() === '' ? null : seen;
  }

  #seen(text: string): string {
    if (this.isFolded) return '';
    return this.#inSummary ? text.replace(HEADING_TAG, '') : text;
  }

  /** A summary has a line of its own. */
  #tag(name: string, isClosing: boolean): string {
    if (name === 'details') {
      this.#depth = Math.max(0, this.#depth + (isClosing ? -1 : 1));
      this.#inSummary = false;
      return isClosing && this.#depth === 0 ? '\n' : '';
    }
    const isOuter = this.#depth <= 1;
    this.#inSummary = !isClosing && isOuter;
    return this.#inSummary ? '\n▸ ' : '';
  }
}
