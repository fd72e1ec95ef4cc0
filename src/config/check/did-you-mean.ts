import { suggest } from '../../shared/suggest.ts';

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
