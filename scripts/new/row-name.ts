import { KINDS, type KindName } from './kinds.ts';

const SHAPE = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const LONGEST = 30;

/** What is wrong with it, as a sentence. Null: it can be a row. */
export function problemOf(kind: KindName, name: string): string | null {
  if (!SHAPE.test(name) || name.length > LONGEST) {
    return `"${name}" can't be the name of a ${kind}: write lower-case letters, digits and single dashes, beginning with a letter, at most ${LONGEST} characters, such as acme or acme-shop.`;
  }
  const taken: readonly string[] = KINDS[kind].taken;
  if (taken.includes(name)) {
    return `There is a ${kind} named ${name} already: look at src/${kind}s/${name}/, or choose another name. Taken: ${taken.join(', ')}.`;
  }
  return null;
}

/** The forms of a name that the templates are written in, each in double braces. */
export function formsOf(name: string): ReadonlyMap<string, string> {
  const capitals = name.split('-').map((part) => part.charAt(0).toUpperCase() + part.slice(1));
  const pascal = capitals.join('');
  return new Map([
    ['name', name],
    ['camel', pascal.charAt(0).toLowerCase() + pascal.slice(1)],
    ['Pascal', pascal],
    ['Title', capitals.join(' ')],
    ['Header', `X-${capitals.join('-')}-Signature`],
    ['UPPER', name.toUpperCase().replaceAll('-', '_')],
  ]);
}
