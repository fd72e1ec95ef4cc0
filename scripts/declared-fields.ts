import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The object or list that holds them (`*`: the payload) → names of fields. */
export type Fields = Map<string, Set<string>>;

export function named(fields: Fields, holder: string): Set<string> {
  const names = fields.get(holder) ?? new Set<string>();
  fields.set(holder, names);
  return names;
}

/**
 * The fields that @octokit/webhooks-types declares. The file is generated, a property a line and indented by depth: that is
 * enough to read it by.
 */
export function declaredFields(): Fields {
  const { fields, types } = read();
  for (const [holder, mentioned] of types) {
    for (const type of mentioned) for (const name of fields.get(type) ?? []) named(fields, holder).add(name);
  }
  const events = [...fields.keys()].filter((name) => /^[A-Z]\w*Event$/.test(name));
  for (const event of events) for (const name of fields.get(event) ?? []) named(fields, '*').add(name);
  for (const name of fields.keys()) if (/^[A-Z]/.test(name)) fields.delete(name);
  return fields;
}

interface Declared {
  /** Types stand by their own names, which begin with a capital. */
  readonly fields: Fields;
  /** Field → the types that it is declared as. */
  readonly types: Fields;
}

function read(): Declared {
  const path = createRequire(import.meta.url).resolve('@octokit/webhooks-types/schema.d.ts');
  const declared: Declared = { fields: new Map(), types: new Map() };
  const open: string[] = [];
  let last = '';
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const text = line.trim();
    if (/^(?:\/?\*|$)/.test(text)) continue;
    if (text.startsWith('}')) last = open.pop() ?? '';
    const name = /^(?:export )?(?:interface|type) (\w+)/.exec(text)?.[1] ?? /^(\w+)\??:/.exec(text)?.[1] ?? last;
    const holder = open.at(-1);
    if (holder !== undefined && name !== last) named(declared.fields, holder).add(name);
    for (const [type] of text.slice(text.indexOf(':') + 1).matchAll(/\b[A-Z]\w+\b/g)) {
      if (type !== name) named(declared.types, name).add(type);
    }
    last = name;
    if (text.endsWith('{')) open.push(name);
  }
  return declared;
}
