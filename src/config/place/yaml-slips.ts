import { type Document, isCollection, isScalar, visit, type YAMLError } from 'yaml';
import { unquotedTemplate } from './unquoted-template.ts';
import type { Range } from './yaml-map.ts';

// What YAML makes of characters that people mean as such: `*` is an alias, `!` a tag, `#` a comment. Some of it is no YAML,
// and some of it is, with another meaning and without a word.

export interface Slip extends Range {
  readonly message: string;
}

/** Whose texts are repeated in messages, in quotes. Elsewhere may stand a secret. */
const SHOWN = new Set(
  'actions all any asked authors base branches channel expect head if ignore labels members mention none on paths people repos tags teams template to types workflows'.split(
    ' ',
  ),
);

/** What is no YAML, in words where the reason is one of these. Undefined: `document` is YAML and means what it seems to mean. */
export function yamlSlip(text: string, document: Document.Parsed): Slip | undefined {
  const [broken] = document.errors;
  if (broken) return unquotedTemplate(text, broken.pos[0]) ?? explained(text, broken);
  return unquotedTemplate(text) ?? unresolved(text, document);
}

/** One break makes more behind it: the first is the one to mend. */
function explained(text: string, { code, pos, message }: YAMLError): Slip {
  const [start, end] = pos;
  const slip = unspaced(text, start);
  if (slip) return slip;
  switch (code) {
    case 'BAD_ALIAS':
      return quoteIt(text, start, '* begins an alias in YAML');
    case 'BAD_SCALAR_START':
      return quoteIt(text, start, `${text[start]} cannot begin a text in YAML`);
    case 'DUPLICATE_KEY':
      return {
        start,
        end: wordEnd(text, start),
        message: 'this key stands here twice: keep one. Several values go into a list, as in [opened, closed].',
      };
    case 'TAB_AS_INDENT':
      return { start, end, message: 'YAML is indented with blanks, and here is a tab: write two blanks for it.' };
    case 'BLOCK_AS_IMPLICIT_KEY':
      return twoKeys(text, start, end);
    case 'UNEXPECTED_TOKEN':
      return starredKey(text, start) ?? halfQuoted(text, start) ?? { start, end, message: notYaml(message) };
    case 'BAD_INDENT':
    case 'BLOCK_IN_FLOW':
    case 'MISSING_CHAR':
      return starredKey(text, start) ?? swallowed(text, end) ?? { start, end, message: notYaml(message) };
    default:
      return { start, end, message: notYaml(message) };
  }
}

function notYaml(message: string): string {
  return `this is not YAML: ${message}.`;
}

/** What YAML took for a tag or an alias of somebody else's. The text behind a tag is left, so that `!a && b` is `b`. */
function unresolved(text: string, document: Document.Parsed): Slip | undefined {
  let found: Slip | undefined;
  visit(document, {
    Alias(_, alias) {
      const start = alias.range?.[0] ?? 0;
      if (alias.resolve(document) !== undefined) return undefined;
      found = quoteIt(text, start, '* begins an alias in YAML');
      return visit.BREAK;
    },
    Pair(_, { key }) {
      if (!isCollection(key)) return undefined;
      const [start = 0, end = 0] = key.range ?? [];
      found = { start, end, message: 'a key is a text, and here stands a list or a mapping.' };
      return visit.BREAK;
    },
    Node(_, node) {
      if (!('tag' in node) || typeof node.tag !== 'string' || !node.tag.startsWith('!')) return undefined;
      const end = node.range?.[0] ?? 0;
      const start = isScalar(node) || text[end] !== '!' ? text.lastIndexOf('!', end) : end;
      found = quoteIt(text, start, '! begins a tag in YAML');
      return visit.BREAK;
    },
  });
  return found;
}

function quoteIt(text: string, start: number, why: string): Slip {
  const end = textEnd(text, start);
  const meant = text.slice(start, end);
  const isKey = text[end] === ':' && /^@[\w-]+$/.test(meant);
  const shown = meant === '*' || isKey || SHOWN.has(keyBefore(text, start));
  return { start, end, message: shown ? `${why}: write ${quoted(meant)}, in quotes.` : `${why}: put it in quotes.` };
}

/** `on: push: main`, or a text with `: ` in it. */
function twoKeys(text: string, start: number, end: number): Slip {
  const from = text.slice(start).search(/\S/) + start;
  const line = text.slice(from, lineEnd(text, from));
  const key = keyBefore(text, from);
  const short = /^(\w+):\s+([\w, [\]*/-]+)$/.exec(line);
  const range = { start: from, end: from + Math.max(line.length, end - start) };
  if (key === 'on' && short)
    return { ...range, message: `two keys cannot stand on one line: write \`on: { ${short[1]}: ${short[2]} }\`.` };
  if (key === 'if') return { ...range, message: `": " begins a value in YAML: write ${quoted(line)}, in quotes.` };
  return { ...range, message: 'two keys cannot stand on one line. A text with ": " in it is put in quotes.' };
}

/** `if: "bug" in activity.labels`: a text that begins with a quote ends with it. */
function halfQuoted(text: string, at: number): Slip | undefined {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const [, before = '', whole = ''] = /^(\s*(?:- )?if:\s+)(["'].*)$/.exec(text.slice(start, lineEnd(text, at))) ?? [];
  if (whole === '') return undefined;
  const from = start + before.length;
  const message = `a text that begins with a quote ends with it in YAML: write ${quoted(whole)}, in quotes of its own.`;
  return { start: from, end: from + whole.length, message };
}

/** A key such as `*\/api`, which an alias swallows with its colon. */
function starredKey(text: string, at: number): Slip | undefined {
  const before = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  const star = before.search(/(?<=^\s*|[{,]\s*)\*\S*:\s+$/);
  return star < 0 ? undefined : quoteIt(text, at - before.length + star, '* begins an alias in YAML');
}

/** `-one`, which is a text. */
function unspaced(text: string, start: number): Slip | undefined {
  const end = lineEnd(text, start);
  const dash = text.slice(start, end).search(/(?<=^\s*)-[^\s-]/);
  if (dash < 0) return undefined;
  return { start: start + dash, end, message: 'the - of a list is followed by a blank: write `- one`.' };
}

/** `{ channel: #ops }`: the last comment before the break that begins where a value should. */
function swallowed(text: string, at: number): Slip | undefined {
  const found = [...text.slice(0, at).matchAll(/(?<=[:,[{][ \t]*)#\S+/g)].at(-1);
  if (found === undefined) return undefined;
  return commentSlip(text, found.index, found[0]);
}

/** What `#` hides of the value behind a key. `end` is the key's. Null: nothing. */
export function hiddenValue(text: string, end: number): Slip | null {
  const found = /^["']?[ \t]*:[ \t]*(#\S.*)/.exec(text.slice(end, lineEnd(text, end)));
  return found?.[1] === undefined ? null : commentSlip(text, end + found[0].length - found[1].length, found[1]);
}

function commentSlip(text: string, start: number, comment: string): Slip {
  const meant = /^#[\w-]*/.exec(comment)?.[0] ?? '#';
  const why = '# begins a comment in YAML, and the rest of the line is lost';
  const shown = SHOWN.has(keyBefore(text, start));
  return {
    start,
    end: start + meant.length,
    message: shown ? `${why}: write ${quoted(meant)}, in quotes.` : `${why}: put it in quotes.`,
  };
}

/** The key that a text belongs to, also as an item of a list on the same line. Empty: it is on another. */
function keyBefore(text: string, start: number): string {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return (
    /["']?([\w-]+)["']?[ \t]*:[ \t]*(?:\[[^\]:]*)?$/.exec(line)?.[1] ??
    (/^\s*- $/.test(line) ? keyAbove(text, start) : '')
  );
}

/** Of a list that is written down the page. */
function keyAbove(text: string, start: number): string {
  const lines = text.slice(0, start).split('\n').slice(0, -1);
  const above = lines.findLast((line) => !/^\s*(?:- .*|#.*)?$/.test(line) || /^\s*- [\w-]+:\s*$/.test(line)) ?? '';
  return /([\w-]+):\s*$/.exec(above)?.[1] ?? '';
}

/** In `[…]` and `{…}` a text ends at a comma or a bracket, elsewhere with its line. */
function textEnd(text: string, start: number): number {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const isFlow = line.replaceAll(/\[[^\][]*\]|\{[^{}]*\}/g, '').search(/[[{]/) >= 0;
  const rest = text.slice(start, lineEnd(text, start));
  const length = isFlow ? rest.search(/[,\]}]|:\s|\s#|$/) : rest.search(/:\s|\s#|$/);
  return start + rest.slice(0, length).trimEnd().length;
}

function wordEnd(text: string, start: number): number {
  return start + Math.max(1, text.slice(start).search(/[^\w.-]/));
}

function lineEnd(text: string, start: number): number {
  const end = text.slice(start).search(/\r?\n|$/);
  return start + end;
}

function quoted(text: string): string {
  return text.includes('"') ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
}
