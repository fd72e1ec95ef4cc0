import type { Path } from '../place/yaml-map.ts';
import type { ConfigFile, Remark } from '../read/config-file.ts';
import { mapping } from '../read/plain-data.ts';

/** Sentences, which may have commas. */
const TEXTS = new Set(['if', 'name']);

/**
 * `branches: main, dev`, which YAML takes for one text, and no branch is called so; in `given`, at `place`. In a list, a text
 * is what it is.
 */
export function remarksOnLists(
  given: Readonly<Record<string, unknown>>,
  place: Path,
  variableAt: ConfigFile['variableAt'],
): readonly Remark[] {
  return Object.entries(given).flatMap(([key, value]): readonly Remark[] => {
    const own = [...place, key];
    if (value === mapping(value)) return remarksOnLists(mapping(value), own, variableAt);
    if (typeof value !== 'string' || TEXTS.has(key) || !/^[^{]*,\s/.test(value)) return [];
    const example = variableAt(own) === undefined ? quotedNames(value) : 'one, two';
    const message = `${key} is one text here: write a list, \`${key}: [${example}]\`.`;
    return [{ place: own, message, kind: 'cause' }];
  });
}

/** YAML takes no `@` at the beginning. */
function quotedNames(value: string): string {
  return value.trim().replaceAll(/(^|,\s*)(@[^,\s]+)/g, '$1"$2"');
}
