import type { Path } from '../place/yaml-map.ts';
import type { ConfigFile } from '../read/config-file.ts';
import { mapping, valueAt } from '../read/plain-data.ts';

/** Sentences, which may have commas. */
const TEXTS = new Set(['if', 'name']);

/** Reports `branches: main, dev`, which YAML takes for one text, and no branch is called so. In a list, a text is what it is. */
export function checkLists(file: ConfigFile, rule: Path): void {
  for (const [key, value] of Object.entries(mapping(valueAt(file.data, rule)))) {
    const place = [...rule, key];
    if (typeof value === 'string' && !TEXTS.has(key) && /^[^{]*,\s/.test(value)) {
      const example = file.variableAt(place) === undefined ? value.trim() : 'one, two';
      file.reportCause(place, `${key} is one text here: write a list, \`${key}: [${example}]\`.`);
    } else if (value === mapping(value)) checkLists(file, place);
  }
}
