import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CATALOG } from '../../src/catalog.ts';
import { commandName } from '../../src/cli/commands/connect/source/command-name.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import type { Context } from '../../src/cli/context.ts';
import { createProgram } from '../../src/cli/program.ts';
import { startSlackApi } from '../doubles/slack-api.ts';
import { newWorld, run, runWith, talking } from './test-cli.ts';

async function namesFor(argv: readonly string[]): Promise<readonly string[]> {
  let names: readonly string[] = [];
  await talking(newWorld(), async (context: Context) => {
    names = (await createProgram(context, argv)).commands.map((command) => command.name());
  });
  return names;
}

test('a command is loaded for who types it; all of them for help, and for a word that nobody knows', async () => {
  const all = Object.keys(COMMANDS);
  for (const name of all) assert.deepEqual(await namesFor([name, '--help']), [name]);
  for (const argv of [[], ['--help'], ['help', 'send'], ['sned']]) assert.deepEqual(await namesFor(argv), all);
});

interface Connectable {
  readonly connect?: unknown;
  readonly setup?: unknown;
  readonly ways?: Readonly<Record<string, { readonly connect?: unknown }>>;
}

test('`connect --help` lists what can be connected, each has a help of its own, and the old spelling the same', async () => {
  const { stdout } = await run(newWorld(), ['connect', '--help']);
  const listed = [...stdout.matchAll(/^ {2}([a-z][a-z-]*)(?: \[options\])?.*$/gm)].map(([, name]) => name);
  const wanted: string[] = [];
  for (const [type, load] of [...Object.entries(CATALOG.channels), ...Object.entries(CATALOG.providers)]) {
    const row: object = await load();
    const [plugin] = Object.values(row) as [Connectable];
    if (plugin.connect === undefined && plugin.setup === undefined) continue;
    const name = plugin.connect === undefined ? commandName(type) : type;
    const ways = Object.entries(plugin.ways ?? {}).filter(([, { connect }]) => connect !== undefined);
    wanted.push(name, ...ways.map(([way]) => way));
    const own = await run(newWorld(), ['connect', name, '--help']);
    assert.match(own.stdout, new RegExp(`^Examples:\\n {2}\\$ tidings connect ${name}`));
    assert.doesNotMatch(own.stdout, /--(?:secret|token|password)\b/);
    if (plugin.connect === undefined) continue;
    if (commandName(type) !== type)
      assert.equal(own.stdout.includes(`connect ${type}-source`), type in CATALOG.providers);
    const old = await run(newWorld(), [name, 'connect', '--help']);
    assert.equal(old.stdout.replace(`tidings ${name} connect [`, `tidings connect ${name} [`), own.stdout);
  }
  assert.deepEqual(listed, [...wanted, 'help']);
});

test('the old spelling connects as well, and stands in no list', async () => {
  await using slack = await startSlackApi();
  const env = { SLACK_BOT_TOKEN: slack.token, SLACK_CHANNEL: '#releases', SLACK_API_URL: slack.url };
  const world = newWorld(env);
  const { code, stderr } = await runWith(world, ['slack', 'connect', '--bot', '--dry-run']);
  assert.match(stderr, /Dry run: nothing was posted or written\.\n$/);
  assert.equal(code, 0);
  assert.doesNotMatch((await run(world, ['--help'])).stdout, /^ {2}(?:slack|github)/m);
});

test('what is no type is a usage error, with the one that was meant', async () => {
  const { code, stdout, stderr } = await run(newWorld(), ['connect', 'slak']);
  assert.match(stderr, /unknown command 'slak'\n\(Did you mean slack\?\)/);
  assert.deepEqual([code, stdout], [2, '']);
  const bare = await run(newWorld(), ['connect']);
  assert.deepEqual([bare.code, bare.stdout], [2, '']);
  assert.match(bare.stderr, /^Examples:/);
});
