import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { KINDS, type KindName } from './kinds.ts';
import { formsOf } from './row-name.ts';

export interface NewFile {
  /** From the project's root. */
  readonly path: string;
  readonly text: string;
}

/** What a new row is made of: the folder beside this file, with the name filled in. `NAME` stands for it in paths. */
export function filesOf(kind: KindName, name: string): readonly NewFile[] {
  const folder = new URL(`${kind}/`, import.meta.url);
  const forms = formsOf(name);
  return globSync('**/*.txt', { cwd: fileURLToPath(folder) })
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted()
    .map((path) => ({
      path: path.replaceAll('NAME', name).replace(/\.txt$/, ''),
      text: filled(readFileSync(new URL(path, folder), 'utf8'), forms),
    }));
}

function filled(text: string, forms: ReadonlyMap<string, string>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, form: string) => {
    const word = forms.get(form);
    if (word === undefined) throw new Error(`no name is written as ${form}`);
    return word;
  });
}

/** src/catalog.ts with the row. @throws Error when its table is not found */
export function withRow(catalog: string, kind: KindName, name: string): string {
  const { table, module } = KINDS[kind];
  const end = `} as const satisfies Catalog['${table}'];`;
  const at = catalog.indexOf(end);
  if (at < 0) throw new Error(`src/catalog.ts has no line "${end}"`);
  return `${catalog.slice(0, at)}  '${name}': () => import('./${kind}s/${name}/${module}.ts'),\n${catalog.slice(at)}`;
}
