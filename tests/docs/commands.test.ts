import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { type Command, CommanderError } from 'commander';
import { COMMANDS } from '../../src/cli/commands.ts';
import type { Context } from '../../src/cli/context.ts';
import { createProgram } from '../../src/cli/program.ts';
import { blocks, codeSpans, pages, read, tableRows } from './documents.ts';

interface Line {
  readonly path: string;
  readonly args: string;
  /** It stands in a sentence, where a command may be named without what it needs. */
  readonly isNamed: boolean;
}

/** What a page says to type: in a fenced block after `npx tidings`, `tidings` or `npm start --`, or between backticks. */
function commandLines(): readonly Line[] {
  return pages()
    .filter(({ path }) => !path.startsWith('docs/adr/'))
    .flatMap(({ path, text }) => {
      // Among what a program prints, a command stands behind a prompt or a name: `$ …`, `Try it:    …`.
      const printed = blocks(text, ['']).flatMap((block) => block.match(/^(?:\$|\w.*:) +npx tidings .*$/gm) ?? []);
      const typed = [...blocks(text, ['sh', 'yaml']).flatMap((block) => block.split('\n')), ...printed].flatMap(argsOf);
      const named = codeSpans(text).flatMap(argsOf);
      return [
        ...typed.map((args) => ({ path, args, isNamed: false })),
        ...named.map((args) => ({ path, args, isNamed: true })),
      ];
    })
    .concat(recorded());
}

/** What the picture of the first minute shows. */
function recorded(): readonly Line[] {
  const path = 'docs/first-minute.svg';
  const texts = [...read(path).matchAll(/>([^<\n]+)<\/text>/g)].map(([, text = '']) => text.replace(/^\(|\)$/g, ''));
  return texts.flatMap(argsOf).map((args) => ({ path, args, isNamed: false }));
}

function argsOf(line: string): readonly string[] {
  const direct = line.matchAll(/(?:^|npx |&& |exec tidings |-- |bin\/)tidings(?:\.js)? +([a-z][^\n]*)/g);
  const started = line.matchAll(/npm start -- ([^\n]*)/g);
  return [...[...direct].map(([, args = '']) => args), ...[...started].map(([, args = '']) => `start ${args}`)];
}

/** Up to what the shell takes for itself: pipes, redirections, comments, the end of a quoted command. */
function words(args: string): readonly string[] {
  const found: string[] = [];
  for (const [word, double, single] of args.matchAll(/"([^"]*)"|'([^']*)'|[^\s"']+/g)) {
    if (/^(?:[|>;#&(]|<$|[12]>)/.test(word)) break;
    found.push(double ?? single ?? word);
  }
  return found.filter((word) => word !== '…');
}

describe('what the pages say to type', () => {
  const found = commandLines();

  before(() => assert.ok(found.length > 60, `only ${found.length} found`));

  test('is known to the program: command, options and their values', async () => {
    const wrong: string[] = [];
    for (const { path, args, isNamed } of found) {
      const problem = await problemOf(words(args), isNamed);
      if (problem !== null) wrong.push(`${path}: tidings ${args}: ${problem}`);
    }
    assert.deepEqual(wrong, []);
  });

  test('is spelt npx tidings', () => {
    const others = pages().flatMap(({ path, text }) =>
      [...text.matchAll(/.*npm run tidings.*/g)].map(([line]) => `${path}: ${line}`),
    );
    assert.deepEqual(others, []);
  });

  test('is in the picture of the first minute, which loads at once', () => {
    assert.ok(recorded().length >= 2);
    assert.ok(Buffer.byteLength(read('docs/first-minute.svg')) < 60_000);
  });

  test('of npm, is a script of package.json', () => {
    const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
    const unknown = pages().flatMap(({ path, text }) =>
      [...text.matchAll(/npm run ([a-z]+)/g)]
        .map(([, name = '']) => name)
        .filter((name) => !(name in scripts))
        .map((name) => `${path}: npm run ${name}`),
    );
    assert.deepEqual(unknown, []);
  });
});

test("the README's table has every command, and no other", async () => {
  const rows = tableRows(read('README.md'), 'Every command');
  const named = rows.flatMap(([cell = '']) => cell.split(', ')).map(words);
  // `slack connect` is an old spelling of `connect slack`.
  const canonical = ([name = '', next]: readonly string[]) => (next === 'connect' ? next : name);
  assert.deepEqual([...new Set(named.map(canonical))].toSorted(), Object.keys(COMMANDS).toSorted());
  for (const argv of named) assert.equal(await problemOf(argv, true), null, argv.join(' '));
});

/** The real program, of which no command does anything. */
async function program(argv: readonly string[]): Promise<Command> {
  const silent = { isTTY: false, columns: 80, write: async () => {} };
  const context = {
    surroundings: { version: '0.0.0' },
    invocation: 'npx tidings',
    io: { stdout: silent, stderr: silent, noColor: true },
  } as unknown as Context;
  const made = await createProgram(context, argv);
  const idle = (command: Command) => command.action(() => {}).commands.forEach(idle);
  made.commands.forEach(idle);
  return made;
}

async function problemOf(argv: readonly string[], isNamed: boolean): Promise<string | null> {
  try {
    await (await program(argv)).parseAsync([...argv], { from: 'user' });
    return null;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const isFine = isNamed ? /help|version|missing/i : /help|version/;
    return isFine.test(error.code) ? null : error.message;
  }
}
