import { suggest } from '../shared/suggest.ts';

/** Why there is none of that name, with what was meant: an event alone has several, each with its action. */
export function noSample(name: string, names: readonly string[]): { readonly why: string; readonly isKnown: boolean } {
  const why = `there is no sample "${name}"`;
  const near = suggest(name, names);
  const type = names.map(typeOf).includes(typeOf(name)) ? typeOf(name) : suggest(name, names.map(typeOf));
  const ofType = names.filter((each) => typeOf(each) === type);
  if (near !== undefined) return { why: `${why}. Did you mean ${near}?`, isKnown: true };
  if (ofType.length > 0) return { why: `${why}. Say what happens to it: ${ofType.join(', ')}.`, isKnown: true };
  return { why: `${why}.`, isKnown: false };
}

function typeOf(name: string): string {
  return name.split('.')[0] ?? name;
}
