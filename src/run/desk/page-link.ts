import type { EventFilter } from '../../model/inbox/records.ts';

const LONGEST = 2_000;
const MOST_PARTS = 12;
/** Of each search. */
const LOOKED_AT = 20;

/**
 * What a link leads to, as pages are compared: without query, fragment and upper case, the narrowest first, and what it is part of: of
 * `…/pull/12/files` also `…/pull/12`. Empty: it is no link to a page of something.
 */
export function pagesOf(link: string): readonly string[] {
  const url = parsed(link);
  if (url === null) return [];
  const parts = partsOf(url);
  const ends = parts.flatMap((part, index) => (isNumber(part) && index > 0 ? [index + 1] : []));
  const pages = [...new Set([parts.length, ...ends.toReversed()])].map((end) => parts.slice(0, end));
  return pages.filter(({ length }) => length > 0).map((some) => `${url.host}/${some.join('/')}`.toLowerCase());
}

/**
 * By what events about it can be found: most addresses hold the repository, and the number or name people call it by. Each finds too
 * much, or nothing.
 */
export function searchesFor(link: string): readonly EventFilter[] {
  const url = parsed(link);
  if (url === null) return [];
  const parts = partsOf(url);
  const dash = parts.indexOf('-');
  const place = parts.slice(0, dash >= 2 ? dash : 2);
  const repo = place.length >= 2 ? place.join('/') : undefined;
  const handle = parts.findLast(isNumber) ?? short(parts.at(-1) ?? '');
  const text = handle === '' ? undefined : handle;
  return [
    ...(repo && text ? [{ repo, text, limit: LOOKED_AT }] : []),
    ...(text ? [{ text, limit: LOOKED_AT }] : []),
    ...(repo ? [{ repo, limit: LOOKED_AT }] : []),
  ];
}

function parsed(link: string): URL | null {
  const url = link.length > LONGEST ? null : URL.parse(link);
  return url !== null && /^https?:$/.test(url.protocol) ? url : null;
}

function partsOf({ pathname }: URL): readonly string[] {
  return pathname.split('/').filter(Boolean).slice(0, MOST_PARTS).map(decoded);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Commits are called by their first digits. */
function short(part: string): string {
  return /^[0-9a-f]{40}$/i.test(part) ? part.slice(0, 7) : part;
}

function isNumber(part: string): boolean {
  return /^\d{1,18}$/.test(part);
}
