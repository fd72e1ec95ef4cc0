import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InboxUnavailableError } from '../../src/model/inbox.ts';
import { newWorld, run } from './test-cli.ts';
import { testEvent, worldWithEvents } from './test-event.ts';

test('text from outside cannot steer the terminal', async () => {
  const world = newWorld();
  world.events.push(
    testEvent({
      repo: 'acme/\u001b[31mapi\u202e',
      reason: 'no rule \u009b31m\u2066',
      headers: { agent: 'a\u001b]0;title\u0007b' },
      body: Buffer.from('\u001b[2J'),
    }),
  );
  const text = [['events'], ['events', 'show', '42', '--body'], ['explain', '42']];
  for (const argv of [...text, ...text.map((each) => [...each, '--json'])]) {
    const { stdout } = await run(world, argv, { tty: true });
    assert.ok(!/(?!\n)[\p{Cc}\p{Bidi_Control}]/u.test(stdout), `${argv.join(' ')}: ${JSON.stringify(stdout)}`);
  }
});

test('colours are for terminals without NO_COLOR', async () => {
  const world = worldWithEvents();
  const coloured = async (tty: boolean, noColor: boolean) =>
    (await run(world, ['events'], { tty, noColor })).stdout.includes('\u001b[');
  assert.deepEqual(
    [await coloured(true, false), await coloured(true, true), await coloured(false, false)],
    [true, false, false],
  );
});

for (const argv of [
  ['explain', '7'],
  ['events', 'show', '7'],
  ['replay', '7'],
]) {
  test(`\`${argv.join(' ')}\` of an unknown event ends with 3`, async () => {
    const { code, stderr } = await run(worldWithEvents(), argv);
    assert.match(stderr, /There is no event 7/);
    assert.equal(code, 3);
  });
}

test('the database is closed after use, and after a failure', async () => {
  const world = worldWithEvents();
  await run(world, ['events']);
  await run(world, ['explain', '7']);
  assert.equal(world.closed, 2);
});

test('a broken configuration ends with 2, a database that cannot be opened with 1, both in words', async () => {
  const world = newWorld();
  world.openError = new InboxUnavailableError('The database is newer (schema 9) than this program (schema 1).');
  assert.deepEqual(await run(world, ['events']), {
    code: 1,
    stdout: '',
    stderr: 'Error: The database is newer (schema 9) than this program (schema 1).\n',
  });
  const { code, stderr } = await run(newWorld({ PORT: 'x' }), ['events']);
  assert.equal(code, 2);
  assert.match(stderr, /PORT: "x" is not a port/);
});

test('a fault of the program says so, and shows its stack only when asked', async () => {
  const world = newWorld();
  world.openError = new TypeError('x is not a function');
  const { code, stderr } = await run(world, ['events']);
  assert.match(stderr, /^Error: this is a fault of Tidings: x is not a function\nRun it again with LOG_LEVEL=debug/);
  assert.doesNotMatch(stderr, /\n\s+at /);
  const debugging = { ...newWorld({ LOG_LEVEL: 'debug' }), openError: world.openError };
  assert.match((await run(debugging, ['events'])).stderr, /TypeError: x is not a function\n\s+at /);
  assert.equal(code, 1);
});

test('a signal ends a question with 130', async () => {
  assert.equal((await run(worldWithEvents(), ['events'], { stop: AbortSignal.abort() })).code, 130);
});

test('config prints no secret', async () => {
  for (const argv of [['config'], ['config', '--json']]) {
    const { stdout, stderr } = await run(newWorld(), argv);
    assert.match(stdout, /\[secret\]/);
    assert.doesNotMatch(stdout + stderr, /natural-length/);
  }
});
