import { readdirSync } from 'node:fs';
import { read, rootPath } from './documents.ts';

const GOLDEN = 'tests/golden/destinations/';

/** What is read of everything that tests/golden/destinations/ says arrives at that type, without marks, each line once. */
export function arrivesAt(type: string): ReadonlySet<string> {
  const files = readdirSync(rootPath(GOLDEN)).filter((name) => name === `${type}.txt` || name.startsWith(`${type}-`));
  const entries = files.flatMap((name) => read(`${GOLDEN}${name}`).split(/^=== .*\n\w+\n/m));
  return new Set(entries.flatMap(textsOf).flatMap(plainLines));
}

/** What a page shows as arriving: in quotes, and in blocks of text. */
export function shownOn(page: string): readonly string[] {
  const quotes = [...page.matchAll(/^>.*$/gm)].map(([line]) => line.replace(/^(?:> ?)+/, ''));
  const texts = [...page.matchAll(/^```text\n([^]*?)^```$/gm)].map(([, text = '']) => text);
  return [...quotes, ...texts].flatMap(plainLines).filter((line) => line !== '…');
}

function textsOf(entry: string): readonly string[] {
  try {
    return [...stringsIn(JSON.parse(entry))];
  } catch {
    return [entry];
  }
}

/** The runs of a line are one text. */
function* stringsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  if (typeof value !== 'object' || value === null) return;
  const { inlines } = value as { readonly inlines?: readonly { readonly text: string }[] };
  if (inlines !== undefined) yield inlines.map(({ text }) => text).join('');
  else for (const each of Object.values(value)) yield* stringsIn(each);
}

/** Without what makes it bold, a link or a quote; a blank is a blank, and headers are spelt alike. */
export function plainLines(text: string): readonly string[] {
  const plain = text
    .replace(/<(https?:[^|>]*)\|([^>]*)>/g, '$2')
    .replace(/<br>|<\/(?:p|td|li|blockquote)>/g, '\n')
    .replace(/<(?!thread-|ntf-|mailto:|digest-)[^>]*>/g, '')
    .replace(/(?<!\\)\[((?:[^\]\\]|\\.)*)\]\(https?:[^)]*\)/g, '$1')
    .replace(/&(lt|gt|amp|quot|#39);/g, (_, name: string) => ENTITIES[name] ?? '')
    .replace(/\\([^\w\s])/g, '$1')
    .replace(/[*`\u2060]/g, '');
  return plain
    .split('\n')
    .map((line) =>
      line
        .replace(/^[>\s]+/, '')
        .replace(/\s+/g, ' ')
        .replace(/^[A-Z][A-Za-z-]+: /, (name) => name.toLowerCase())
        .trim(),
    )
    .filter(Boolean);
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" };
