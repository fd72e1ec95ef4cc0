import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { problemOf } from '../../scripts/new/row-name.ts';
import { filesOf } from '../../scripts/new/template.ts';
import { FULL } from '../support/long-form.ts';
import { type Copy, copyOfProject, ROOT, runIn } from './copy.ts';

// In the long form one that is no ordinary word (WORDS in tests/architecture.ts).
const NAME = FULL ? 'initech-shop' : 'acme';

const TSC = 'node_modules/typescript/bin/tsc';
const CATALOG = 'src/catalog.ts';

test(`a source and a destination named ${NAME} work as they are begun, and leave nothing when they go`, async (t) => {
  await using copy = await copyOfProject();
  const before = copy.files();
  const reports: string[] = [];

  await t.test('only what is theirs is written, a row, and what is generated', async () => {
    for (const kind of ['source', 'destination']) reports.push(await successOf(copy, 'scripts/new.ts', kind, NAME));
    const written = [...filesOf('source', NAME), ...filesOf('destination', NAME)].map(({ path }) => path);
    const golden = [`tests/golden/${NAME}/order.txt`, `tests/golden/destinations/${NAME}.txt`];
    const reference = ['docs/configuration.md', 'docs/destinations/README.md', 'docs/tidings.schema.json'];
    assert.deepEqual(changes(before, copy.files()), [...written, ...golden, ...reference, CATALOG].toSorted());
  });

  await t.test('it compiles', () => compile(copy));

  await t.test('every suite is passed but for what is to be filled in', async () => {
    const told = await successOf(
      copy,
      '--test',
      '--test-isolation=none',
      '--test-reporter=tap',
      `--test-name-pattern=${NAME}`,
      'tests/conformance/{source,told,destination,catalog}.test.ts',
      `src/{sources,destinations}/${NAME}/*.test.ts`,
    );
    assert.equal(told.match(/^\s*ok .*to be filled in: .* # TODO/gm)?.length, 4, told);
    // A pattern that fits nothing passes too.
    assert.ok(Number(/^# pass (\d+)$/m.exec(told)?.[1]) > 45, told);
  });

  await t.test('npm run check finds nothing, nor do unit tests', { skip: !FULL }, () => check(copy));

  await t.test('a name that is taken is refused, and nothing is overwritten', async () => {
    const taken = await copy.run('scripts/new.ts', 'source', NAME);
    assert.match(taken.stderr, new RegExp(`^There is a source named ${NAME} already`));
    withoutRows(copy);
    const there = copy.files();
    const refused = await copy.run('scripts/new.ts', 'destination', NAME);
    assert.match(refused.stderr, /^Nothing was written, because this is there already:\n/);
    assert.ok(refused.stderr.includes(`\n  src/destinations/${NAME}/channel.ts\n`));
    assert.deepEqual([taken.code, refused.code, changes(there, copy.files())], [1, 1, []]);
  });

  await t.test('taken out as it was said, they leave nothing', async () => {
    for (const report of reports) {
      const paths = /then rm -r (.+) && npm run reference/.exec(report)?.[1]?.split(' ') ?? [];
      assert.ok(paths.length >= 4, report);
      for (const path of paths) await rm(join(copy.path, path), { recursive: true });
    }
    await successOf(copy, 'scripts/write-reference.ts');
    assert.deepEqual(changes(before, copy.files()), []);
  });
});

const IMPOSSIBLE = [
  '',
  'Acme',
  'acme_shop',
  '-acme',
  'acme-',
  'a--b',
  '7up',
  '../acme',
  'acme shop',
  'a'.repeat(31),
  'é',
];

test('a name of other characters than variables, folders and addresses can have is refused', () => {
  for (const name of IMPOSSIBLE) assert.match(problemOf('source', name) ?? '', /can't be the name of a source: write/);
});

test('a name is taken once in a table: a provider and a destination may share one', () => {
  assert.match(problemOf('source', 'github') ?? '', /There is a source named github already.*Taken: github, /);
  assert.equal(problemOf('destination', 'github'), null);
  assert.equal(problemOf('source', 'acme-2'), null);
});

test('without a kind or a name it says how it is called', async () => {
  for (const args of [[], ['sink', 'acme']]) {
    const { code, stderr } = await runIn(ROOT, ['scripts/new.ts', ...args]);
    assert.equal(code, 2);
    assert.match(stderr, /^Usage:\n {2}npm run new source +NAME .*\n {2}npm run new destination NAME /);
  }
});

async function successOf(copy: Copy, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await copy.run(...args);
  assert.equal(code, 0, `${args.join(' ')}\n${stdout}${stderr}`);
  return stdout;
}

/** Paths of what came, went or is different. */
function changes(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).toSorted();
}

/** What is new, with all that it imports: the whole takes four times as long. */
async function compile(copy: Copy): Promise<void> {
  const path = join(copy.path, 'tsconfig.new.json');
  const include = [`src/*/${NAME}`, `tests/*/*/${NAME}*.ts`, `tests/*/${NAME}*.ts`];
  writeFileSync(path, JSON.stringify({ extends: './tsconfig.json', include }));
  const { code, stdout } = await copy.run(TSC, '--noEmit', '--singleThreaded', '-p', path);
  await rm(path);
  assert.equal(code, 0, stdout);
}

async function check(copy: Copy): Promise<void> {
  await successOf(copy, 'node_modules/@biomejs/biome/bin/biome', 'check', '.');
  await successOf(copy, 'node_modules/oxlint/bin/oxlint');
  await successOf(copy, TSC, '--noEmit');
  await successOf(copy, 'node_modules/knip/bin/knip.js');
  await successOf(copy, 'node_modules/knip/bin/knip.js', '--production');
  await successOf(copy, '--test', 'tests/architecture.test.ts', 'tests/{docs,golden}/*.test.ts', 'src/units.test.ts');
}

function withoutRows(copy: Copy): void {
  const path = join(copy.path, CATALOG);
  const lines = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, lines.filter((line) => !line.includes(`/${NAME}/`)).join('\n'));
}
