import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../../', import.meta.url);

/** One page that people read, by its path in the repository. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** README, CONTRIBUTING, docs, decisions and the learning path. The catalog is generated, and has tests of its own. */
export function pages(): readonly Page[] {
  const inFolder = (folder: string) =>
    readdirSync(new URL(folder, ROOT))
      .filter((name) => name.endsWith('.md') && name !== 'catalog.md')
      .map((name) => `${folder}${name}`);
  const paths = [
    'README.md',
    'CONTRIBUTING.md',
    ...inFolder('docs/'),
    ...inFolder('docs/sources/'),
    ...inFolder('docs/destinations/'),
    ...inFolder('docs/adr/'),
    ...inFolder('examples/'),
  ];
  return paths.map((path) => ({ path, text: read(path) }));
}

export function read(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8');
}

export function rootPath(path: string): string {
  return fileURLToPath(new URL(path, ROOT));
}

/** The text without its fenced blocks. */
export function prose(text: string): string {
  return text.replace(/^ *```[^]*?^ *```$/gm, '');
}

/** What stands in fenced blocks of these languages; `''` is a block without one. */
export function blocks(text: string, languages: readonly string[]): readonly string[] {
  return [...text.matchAll(/^ *```(\w*)\n([^]*?)^ *```$/gm)]
    .filter(([, language = '']) => languages.includes(language))
    .map(([, , body = '']) => body);
}

/** What stands between backticks, outside of fenced blocks. */
export function codeSpans(text: string): readonly string[] {
  return [...prose(text).matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);
}

/** A row of each table below the heading, as texts of its cells without backticks. */
export function tableRows(text: string, heading: string): readonly (readonly string[])[] {
  const section = new RegExp(`^#+ ${heading}\\n([^]*?)(?=^#|(?![^]))`, 'm').exec(text)?.[1];
  if (section === undefined) throw new Error(`no heading "${heading}"`);
  return [...section.matchAll(/^\|(.+)\|$/gm)]
    .map(([, row = '']) => row.split('|').map((cell) => cell.trim().replaceAll('`', '')))
    .filter((cells) => !cells.every((cell) => /^-+:?$/.test(cell)))
    .slice(1);
}
