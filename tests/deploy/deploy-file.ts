import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What every place agrees on: where it listens, where events are kept, how long a stop may take (seconds). */
export const AGREED = { port: 3000, dataDir: '/data', stopS: 10 } as const;

/** A deploy file's text, by its path from the root of the checkout. */
export function deployFile(path: string): string {
  return readFileSync(`${ROOT}${path}`, 'utf8');
}

/** The documents of a YAML text; a syntax error or a repeated key throws. */
export function yamlDocuments(text: string): readonly unknown[] {
  return parseAllDocuments(text).map((document) => {
    const [error] = document.errors;
    if (error) throw error;
    return document.toJS() as unknown;
  });
}

/** Keys of `value`, at every depth, that `shape` does not list: `deploy.startComand`. A list's items share one shape. */
export function unknownKeys(value: unknown, shape: Shape, at = ''): readonly string[] {
  if (shape === true) return [];
  if (Array.isArray(value)) return value.flatMap((item) => unknownKeys(item, shape, at));
  if (value === null || typeof value !== 'object') return [`${at} is no table`];
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = at === '' ? key : `${at}.${key}`;
    const known = shape[key];
    return known === undefined ? [path] : unknownKeys(inner, known, path);
  });
}

export type Shape = true | { readonly [key: string]: Shape };
