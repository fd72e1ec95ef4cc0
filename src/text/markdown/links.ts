import { honestUrl, hostOf, isDisguised } from '../honest-url.ts';
import { cut, oneLine } from '../plain.ts';
import type { Piece } from './piece.ts';

const URL_LIMIT = 1000;
const LABEL_LIMIT = 100;

/**
 * A link that says where it goes: beside a text that names another host stands the real one. An address with letters that
 * only look like others shows as it is resolved, `xn--…`. Where the address is not to be trusted, the text alone.
 */
export function linkTo(url: string, text: string): Piece {
  const target = honestUrl(url, URL_LIMIT);
  const shown = cut(oneLine(text), LABEL_LIMIT);
  if (target === null) return { kind: 'words', text };
  const isFalse = isDisguised(target, shown);
  if (shown === '' || (isFalse && shown.includes('://'))) {
    return { kind: 'link', url: target, text: cut(target, LABEL_LIMIT) };
  }
  return { kind: 'link', url: target, text: isFalse ? withHost(shown, target) : shown };
}

/** A picture, or what it shows where its address is not to be trusted. */
export function imageAt(url: string, alt: string): Piece {
  const target = honestUrl(url, URL_LIMIT);
  const shown = cut(oneLine(alt), LABEL_LIMIT);
  if (target === null) return { kind: 'words', text: shown };
  return { kind: 'image', url: target, text: isDisguised(target, shown) ? withHost(shown, target) : shown };
}

/** https://github.com/badges/shields/blob/master/doc/README.md and what builds, coverage and scores show of themselves. */
const BADGE =
  /^https?:\/\/(?:[\w.-]+\.)?(?:shields\.io|badgen\.net|badge\.fury\.io|badges\.[\w.-]+|codecov\.io|coveralls\.io|travis-ci\.(?:com|org)|circleci\.com|appveyor\.com|snyk\.io|renovatebot\.com)\/|\/(?:badges?|shields?)[/.?-]|[\w/-]badge(?:\.\w+)?(?:[?#]|$)|_score\?/i;

/** Whether a picture is there to tell a state by its colour. */
export function isBadge(url: string): boolean {
  return BADGE.test(url.slice(0, 500));
}

function withHost(shown: string, url: string): string {
  return `${shown} (${hostOf(url).replace(/^www\./, '')})`;
}

/** Punctuation at the end of a bare URL belongs to the sentence around it. */
export function trimUrl(url: string): string {
  const trailing = url.includes('(') ? '.,:;!?\'"*_~]' : '.,:;!?\'"*_~])';
  let end = url.length;
  while (end > 0 && trailing.includes(url[end - 1] ?? '')) end--;
  return url.slice(0, end);
}

/** Addresses by the labels of their definitions, and where links to them are looked up. */
export type References = ReadonlyMap<string, string>;

const DEFINITION = /^ {0,3}\[((?!\^)[^\][\n]{1,200})\]:[ \t]{0,20}\n?[ \t]{0,20}<?([^\s<>]{1,2000})/gm;
const NONE: References = new Map();

/** https://spec.commonmark.org/0.31.2/#link-reference-definition; of two alike the first counts. */
export function referencesIn(markdown: string): References {
  if (!markdown.includes(']:')) return NONE;
  const found = new Map<string, string>();
  for (const [, name = '', url = ''] of markdown.matchAll(DEFINITION)) {
    if (!found.has(referenceKey(name))) found.set(referenceKey(name), url);
  }
  return found;
}

export function referenceKey(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase();
}

const BY_NAME = /\[([^\][\n]{1,200})\](?:\[([^\][\n]{0,200})\])?(?![[(:])/g;

/** Links by name as links with their address: for a part of a text that leaves their definitions behind. */
export function withTargets(part: string, whole: string): string {
  const references = referencesIn(whole);
  if (references.size === 0) return part;
  return part.replace(BY_NAME, (written, label: string, name?: string) => {
    const url = references.get(referenceKey(name || label));
    return url === undefined ? written : `[${label}](${url})`;
  });
}
