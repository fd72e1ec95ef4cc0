import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { recorded, written } from '../tests/golden/payloads.ts';
import { declaredFields, type Fields, named } from './declared-fields.ts';

// src/sources/github/samples/fields.ts: the fields that GitHub's payloads have, from all that tells of them here: payloads
// that were recorded or documented, the declarations of @octokit/webhooks-types, and what the normalisers read.

const SOURCES = fileURLToPath(new URL('../src/sources/github/', import.meta.url));

/** Addresses of the API, and ids that nobody writes. */
const UNWRITTEN = /(?<!html|avatar)_url$|^node_id$|^gravatar_id$/;

const HEAD = `// Written by \`npm run reference\`: the fields of GitHub's payloads. The objects and lists that hold them stand before the colon;
// the payload itself is *.
`;

export function fieldsFile(): string {
  const fields = declaredFields();
  for (const { payload } of [...recorded(), ...written()]) collect(payload, '*', fields);
  for (const names of fields.values()) for (const name of names) if (UNWRITTEN.test(name)) names.delete(name);
  for (const path of pathsRead()) collectPath(path, fields);
  const alike = Map.groupBy(rowsOf(fields), ([, names]) => names);
  const lines = Array.from(alike, ([names, rows]) => `${rows.map(([holder]) => holder).join(' ')}: ${names}`);
  return `${HEAD}export const FIELDS: string = \`\n${lines.join('\n')}\n\`;\n`;
}

/** By name, so that the file changes only where GitHub does. */
function rowsOf(fields: Fields): readonly (readonly [holder: string, names: string])[] {
  return [...fields]
    .filter(([holder, names]) => names.size > 0 && (holder === '*' || !UNWRITTEN.test(holder)))
    .map(([holder, names]) => [holder, [...names].toSorted().join(' ')] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function collect(value: unknown, holder: string, fields: Fields): void {
  if (Array.isArray(value)) for (const item of value) collect(item, holder, fields);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const [name, inner] of Object.entries(value)) {
    if (!/^\w+$/.test(name)) continue;
    named(fields, holder).add(name);
    collect(inner, name, fields);
  }
}

/** `text(payload, 'issue.user.login')` → issue.user.login */
function pathsRead(): readonly string[] {
  const files = globSync('{normalise/**/*,normalise,payload}.ts', { cwd: SOURCES }).filter(
    (file) => !file.endsWith('.test.ts'),
  );
  return files.flatMap((file) =>
    Array.from(
      readFileSync(SOURCES + file, 'utf8').matchAll(/\((?:payload|input), '([a-z_]+(?:\.[a-z_]+)*)'/g),
      ([, path = '']) => path,
    ),
  );
}

function collectPath(path: string, fields: Fields): void {
  let holder = '*';
  for (const name of path.split('.')) {
    named(fields, holder).add(name);
    holder = name;
  }
}
