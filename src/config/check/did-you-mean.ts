import { suggest } from '../../shared/suggest.ts';
import type { Path } from '../place/yaml-map.ts';
import type { ConfigFile } from '../read/config-file.ts';

/** What a person most likely meant. Undefined: none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  // `open` and `merge` are farther from the names they begin than typing errors are.
  return suggest(word, known) ?? known.find((name) => word.length > 2 && name.startsWith(word));
}

/** ` Did you mean "x"?`, or the whole choice when nothing is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const near = nearest(word, known) ?? known.find((name) => name.length > 2 && word.toLowerCase().startsWith(name));
  return near === undefined ? ` Known: ${known.join(', ')}.` : ` Did you mean "${near}"?`;
}

/** A value as messages may show it: one that came out of a variable is called by the variable's name. */
export function shown(file: ConfigFile, path: Path, value: string): string {
  const variable = file.variableAt(path);
  return variable === undefined ? `"${value}"` : `the value of \${${variable}}`;
}
