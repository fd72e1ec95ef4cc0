import type { Place } from '../../../model/activity.ts';
import { originOf } from './places.ts';

/** What GitHub does not look into: code, links, definitions, tags. */
const OPAQUE =
  /^ {0,3}(?<fence>`{3,}|~{3,})[^]*?(?:^ {0,3}\k<fence>|$(?![^]))|(?<!`)(?<ticks>`+)(?!`)[^\n]{1,500}?(?<!`)\k<ticks>(?!`)|!?\[[^\][\n]{0,300}\]\([^()\n]{0,1000}\)|^ {0,3}\[[^\][\n]{1,200}\]:.*$|<[^<>\n]{1,1000}>/;
const URL = /(?<!\]\(|[\w="'/])(?<url>https?:\/\/[^\s<>()[\]"'`]{1,1000})/;
const REPOSITORY = String.raw`[\w-]{1,39}\/[\w.-]{1,100}`;
const PERHAPS = /#\d|GH-\d|:\/\/(?<!\]\(https?:\/\/)|[\da-f]{7}/;
/** Where a repository may be named each word is tried for one; in other texts none is, which is three times as fast. */
const NAMED = /\/[\w.-]{1,100}[#@]/;
const IN_REPOSITORIES = referencesBehind(`(?<repo>${REPOSITORY})?`, `(?:(?<of>${REPOSITORY})@)?`);
const HERE = referencesBehind('', '');

/** What may stand in front of `#12`, and of a commit. */
function referencesBehind(repo: string, of: string): RegExp {
  const number = String.raw`(?<![\w/&#.\\-])${repo}#(?<number>\d{1,10})(?!\w)|(?<![\w-])GH-(?<gh>\d{1,10})(?!\w)`;
  const sha = String.raw`(?<![\w/.:#=+\\@-])${of}(?<sha>[\da-f]{7,40})(?![\w/@-]|\.\w)`;
  return new RegExp([OPAQUE.source, URL.source, number, sha].join('|'), 'gm');
}

const PAGE =
  /^\/([\w-]{1,39}\/[\w.-]{1,100})\/(?:(?:issues|pull|discussions)\/(\d{1,10})|commit\/([\da-f]{7,40}))(#[\w-]+)?\/?$/;

interface Found {
  readonly url?: string;
  readonly repo?: string;
  readonly number?: string;
  readonly gh?: string;
  readonly of?: string;
  readonly sha?: string;
}

/**
 * Issues, pull requests and commits as GitHub shows them, as links: `#12`, `acme/api#77`, `GH-12`, a commit's name in seven digits, and
 * their addresses. https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
 */
export function withReferences(markdown: string, home: Place | null): string {
  if (!PERHAPS.test(markdown)) return markdown;
  const origin = originOf(home?.url ?? null);
  return markdown.replace(NAMED.test(markdown) ? IN_REPOSITORIES : HERE, (written: string, ...rest: unknown[]) => {
    const { url, repo, number, gh, of, sha } = rest.at(-1) as Found;
    if (url !== undefined) return pageLink(url, origin, home);
    const place = repo ?? of ?? home?.name;
    if (place === undefined) return written;
    if (sha !== undefined) return isCommit(sha) ? commitLink(sha, place, of !== undefined, origin) : written;
    const issue = number ?? gh;
    return issue === undefined ? written : `[${written}](${origin}/${place}/issues/${issue})`;
  });
}

/** Whole, or too mixed for a number or a word. */
function isCommit(sha: string): boolean {
  return sha.length === 40 || (/\d/.test(sha) && /[a-f]/.test(sha));
}

function commitLink(sha: string, place: string, isNamed: boolean, origin: string): string {
  return `[${isNamed ? `${place}@` : ''}${sha.slice(0, 7)}](${origin}/${place}/commit/${sha})`;
}

/** An address without words of its own; what stands behind it as punctuation is not part of it. */
function pageLink(written: string, origin: string, home: Place | null): string {
  const url = written.replace(/[.,:;!?*_~]{1,20}$/, '');
  const [, place = '', number, sha, detail = ''] =
    (url.startsWith(`${origin}/`) && PAGE.exec(url.slice(origin.length))) || [];
  if (place === '') return written;
  const isHere = place.toLowerCase() === home?.name.toLowerCase();
  const name =
    sha === undefined ? `${isHere ? '' : place}#${number}` : `${isHere ? '' : `${place}@`}${sha.slice(0, 7)}`;
  const isComment = /comment|review|discussion_r/.test(detail);
  return `[${name}${isComment ? ' (comment)' : ''}](${url})${written.slice(url.length)}`;
}
