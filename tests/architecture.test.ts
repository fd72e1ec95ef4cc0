import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { CHANNELS, PROVIDERS } from '../src/catalog.ts';
import {
  countLines,
  isTest,
  LAWS,
  MAX_FILES,
  MAX_LINES,
  MAX_TEST_LINES,
  readSources,
  violations,
} from './architecture.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const NAMES = [...Object.keys(PROVIDERS), ...Object.keys(CHANNELS)];

test('every source keeps to its layer and to the laws', (t) => {
  const files = readSources(root, 'src');
  assert.deepEqual(violations(files, NAMES), []);
  const lines = files.filter((file) => !isTest(file)).map(countLines);
  const median = lines.toSorted((a, b) => a - b)[Math.floor(lines.length / 2)] ?? 0;
  t.diagnostic(`${lines.length} files, median ${median} lines, longest ${Math.max(...lines)}`);
  assert.ok(median <= 60, `the median file has ${median} lines, the aim is 60 or fewer`);
});

test('npm test runs every file of tests, and none twice', () => {
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
  const named = Array.from(scripts['test']?.matchAll(/(?:src|tests)\/[^ "]+/g) ?? [], ([path]) => path);
  const run = named.flatMap((path) => {
    if (path.endsWith('/global-setup.ts')) return [];
    // What is loaded into one process, by the pattern that is written there.
    const loaded = path.includes('*') || path.includes('{') ? undefined : /globSync\(\s*'(.+?)'/.exec(read(path))?.[1];
    if (loaded === undefined) return globSync(path, { cwd: root });
    const folder = dirname(path);
    return globSync(loaded, { cwd: join(root, folder) }).map((file) => join(folder, file));
  });
  // It has packages of its own: npm run test:peers.
  assert.deepEqual(
    run.toSorted(),
    globSync(['src/*/**/*.test.ts', 'tests/**/*.test.ts'], { cwd: root, exclude: ['tests/peers'] }).toSorted(),
  );
});

test('tests, benchmarks and examples stay within the length limit', () => {
  const long = ['tests', 'bench', 'examples', 'scripts']
    .flatMap((folder) => readSources(root, folder))
    .filter((file) => countLines(file) > MAX_TEST_LINES)
    .map((file) => file.path);
  assert.deepEqual(long, []);
});

/** Each law can fail: a file that breaks exactly this, and what the checker must say about it. */
const BROKEN: readonly (readonly [title: string, path: string, text: string, said: RegExp])[] = [
  ['an unknown folder', 'src/utils/misc.ts', '', /unknown layer "utils"/],
  ['an unknown file at the top', 'src/helpers.ts', '', /unknown layer "helpers.ts"/],
  [
    'a lower layer that imports a higher one',
    'src/model/x.ts',
    "import { a } from '../jobs/a.ts';",
    /:1: model imports jobs/,
  ],
  ['a dynamic import across layers', 'src/cli/x.ts', "\nawait import('../inbox/a.ts');", /:2: cli imports inbox/],
  ['a worker thread across layers', 'src/jobs/x.ts', "new URL('../inbox/a.ts', import.meta.url)", /jobs imports inbox/],
  ['a re-export across layers', 'src/route/x.ts', "export type { A } from '../inbox/a.ts';", /route imports inbox/],
  [
    'one provider that imports another',
    'src/sources/github/x.ts',
    "import { a } from '../acme/a.ts';",
    /sources\/github imports sources\/acme/,
  ],
  [
    'a tunnel that imports a provider',
    'src/tunnel/smee/x.ts',
    "import { a } from '../../sources/acme/a.ts';",
    /tunnel imports sources/,
  ],
  [
    'a layer below that imports the running system',
    'src/jobs/x.ts',
    "import { a } from '../run/a.ts';",
    /jobs imports run/,
  ],
  ['the running system that imports its driver', 'src/run/x.ts', "import { a } from '../cli/a.ts';", /run imports cli/],
  ['a layer that imports the library', 'src/http/x.ts', "import { a } from '../library/a.ts';", /http imports library/],
  [
    'an import of what the package exports',
    'src/run/x.ts',
    "import { a } from '../index.ts';",
    /nobody imports index.ts/,
  ],
  ['an import of the entry', 'src/run/x.ts', "import '../main.ts';", /nobody imports main.ts/],
  ['a #src import', 'src/jobs/x.ts', "import { a } from '#src/model/a.ts';", /#src/],
  ['an import from outside src', 'src/jobs/x.ts', "import { a } from '../../tests/a.ts';", /outside src/],
  ['the environment', 'src/jobs/x.ts', 'const a = process.env;', /process\.env is read only/],
  ['SQL', 'src/jobs/x.ts', "import { DatabaseSync } from 'node:sqlite';", /SQL is spoken only/],
  ['a call out', 'src/destinations/slack/x.ts', "await fetch('https://example.com');", /calls out/],
  ['the time', 'src/jobs/x.ts', 'const now = Date.now();', /time and chance/],
  ['the time as a Date', 'src/jobs/x.ts', 'const now = new Date();', /time and chance/],
  ['chance', 'src/jobs/x.ts', 'const dice = Math.random();', /time and chance/],
  ['an impure normaliser', 'src/sources/github/normalise/x.ts', "import { readFileSync } from 'node:fs';", /are pure/],
  ['an impure Events API', 'src/sources/github/events-api/x.ts', "import { readFileSync } from 'node:fs';", /are pure/],
  ['an impure rule', 'src/route/x.ts', "import { request } from '../shared/outbound.ts';", /are pure/],
  [
    'an HMAC of a provider’s own',
    'src/sources/slack/x.ts',
    "import { createHmac } from 'node:crypto';",
    /made by shared/,
  ],
  ['bytes that end a comparison early', 'src/sources/slack/x.ts', 'if (made.equals(given)) return;', /constant time/],
  ['any', 'src/jobs/x.ts', 'const a = b as any;', /no any/],
  ['any as a type argument', 'src/jobs/x.ts', 'const a: Map<string, any> = b;', /no any/],
  [
    'what stands between two globs',
    'src/jobs/x.ts',
    "const a = 'x/**';\nDate.now();\nconst b = '**/y';",
    /x.ts:2: time/,
  ],
  ['a provider that is named', 'src/run/x.ts', "if (provider === 'github') return;", /:1: names a row of the table/],
  ['a destination type in a name', 'src/jobs/x.ts', 'const slackUrl = 1;', /names a row/],
  ['a destination type in a sentence', 'src/http/x.ts', "const a = 'connect Slack first';", /names a row/],
  ['one provider that names another', 'src/sources/github/x.ts', "const a = 'slack';", /names a row/],
  [
    'a provider that imports more of config than its parts',
    'src/sources/github/x.ts',
    "import { a } from '../../config/config.ts';",
    /sources imports config/,
  ],
  ['a long file', 'src/jobs/x.ts', '\n'.repeat(MAX_LINES + 1), /301 lines/],
];

for (const [title, path, text, said] of BROKEN) {
  test(`the checker sees ${title}`, () => {
    const found = violations([{ path, text }], NAMES);
    assert.equal(found.length, 1, found.join('\n') || 'nothing was found');
    assert.match(found[0] ?? '', said);
  });
}

test('the checker sees a folder with too many files', () => {
  const files = Array.from({ length: MAX_FILES + 1 }, (_, index) => ({ path: `src/jobs/x${index}.ts`, text: '' }));
  assert.deepEqual(violations(files), ['src/jobs: 31 files side by side, the limit is 30']);
});

test('the checker says so when it finds no sources', () => {
  assert.deepEqual(violations([]), ['no sources found: nothing was checked']);
});

test('each law has a fixture that breaks it', () => {
  const said = BROKEN.flatMap(([, path, text]) => violations([{ path, text }]));
  assert.deepEqual(
    LAWS.filter((law) => !said.some((line) => line.includes(law.name))).map((law) => law.name),
    [],
  );
});

const ALLOWED: readonly (readonly [title: string, path: string, text: string])[] = [
  ['comments that speak of it', 'src/jobs/x.ts', '/** never Date.now() */\n// nor process.env, nor any\n'],
  ['the owners of each law', 'src/config/read/x.ts', 'process.env'],
  ['tests, which may use what they like', 'src/jobs/x.test.ts', "import { a } from '../inbox/a.ts'; Date.now();"],
  ['a given time', 'src/jobs/x.ts', 'new Date(receivedAt).toISOString()'],
  ['any in a message', 'src/route/x.ts', "const wanted = 'labels: any of bug';"],
  ['the word any', 'src/route/x.ts', 'const filter = { any: [], all: [] }; labels.any(x);'],
  [
    'what lies beneath',
    'src/jobs/x.ts',
    "import type { Route } from '../model/rule.ts';\nimport { a } from '../route/a.ts';",
  ],
  ['its own layer', 'src/cli/x.ts', "import type { Config } from '../config/config.ts';"],
  ['a word that is no name', 'src/run/x.ts', "const githubber = 'slackness'; const http = console;"],
  ['a row that names itself', 'src/destinations/slack/x.ts', "const a = 'Slack';"],
  ['comments that name a row', 'src/run/x.ts', '/** As GitHub does. */\n// and Slack\n'],
  [
    'parts of the schema, in a provider',
    'src/sources/github/x.ts',
    "import { a } from '../../config/parts/values.ts';",
  ],
  ['the package description', 'src/cli/x.ts', "import { a } from '../../package.json';"],
];

for (const [title, path, text] of ALLOWED) {
  test(`the checker allows ${title}`, () => {
    assert.deepEqual(violations([{ path, text }], NAMES), []);
  });
}
