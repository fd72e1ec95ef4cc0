import { readFileSync } from 'node:fs';
import { readSources, violations } from '../../tests/architecture.ts';
import { KINDS, type KindName } from './kinds.ts';

export interface Begun {
  readonly kind: KindName;
  readonly name: string;
  /** Of the files that were written, from the project's root. */
  readonly paths: readonly string[];
}

/** What there is now, what only a person can fill in, and what to do next. `root`: the project's. */
export function report({ kind, name, paths }: Begun, root: string): string {
  const { done, suite, golden } = KINDS[kind];
  const marks = paths.flatMap((path) =>
    marksIn(readFileSync(root + path, 'utf8'), name).map((mark) => `${path}:${mark}`),
  );
  const places = placesOf(name, root);
  return [
    `${name} is a ${kind} now: its files are written, src/catalog.ts has its row, and the reference tells of it.`,
    `To be filled in, marked TODO(${name}):\n  ${marks.join('\n  ')}`,
    places.length === 0
      ? []
      : `"${name}" is a word of src already, in ${places[0]} and ${places.length - 1} other lines. If it means something else there, add it to WORDS in tests/architecture.ts.`,
    [
      'Next:',
      `  1. Read how ${done} does it, in src/${kind}s/${done}/ and docs/${kind}s/${done}.md.`,
      '  2. Fill in, and ask what is asked of all of them:',
      `     node --import ./scripts/keep-compiled.js --test --test-name-pattern=${name} ${suite} "src/${kind}s/${name}/**/*.test.ts"`,
      `  3. npm run golden && npm run reference && npm run check; ${golden(name)} says how it reads.`,
    ].join('\n'),
    `To take it out again: remove its row, then rm -r ${[...rootsOf(paths, name), golden(name)].join(' ')} && npm run reference`,
  ]
    .flat()
    .join('\n\n');
}

/** `9: as people call it.` */
function marksIn(text: string, name: string): readonly string[] {
  return text.split('\n').flatMap((line, index) => {
    const [, mark] = line.split(`TODO(${name})`);
    return mark === undefined ? [] : [`${index + 1}${mark.replace(/ (?:-->|\*\/)$/, '')}`];
  });
}

/** Where the law about names would take a word of src for the row. */
function placesOf(name: string, root: string): readonly string[] {
  return violations(readSources(root, 'src'), [name]).flatMap(
    (broken) => /^(.*): names a row of the table/.exec(broken)?.slice(1) ?? [],
  );
}

/** The folder of its own, and each file that stands beside those of others. */
function rootsOf(paths: readonly string[], name: string): readonly string[] {
  return [...new Set(paths.map((path) => path.replace(new RegExp(`^(src/\\w+/${name}/).*`), '$1')))];
}
