import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { aNotification, anActivity, single } from '../../../tests/fixtures/activities.ts';
import { dataDir } from '../../../tests/support/data-dir.ts';
import type { Outcome, SendContext } from '../../model/destination.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { check } from './check.ts';
import { commandDestination } from './command-destination.ts';
import { PATH } from './environment.ts';
import { SCHEMA } from './schema.ts';

const shell = (script: string, ...args: readonly string[]) => ['/bin/sh', '-c', script, 'page-me', ...args];

function send(
  command: readonly string[],
  { clock = systemClock, ...context }: Partial<SendContext> & { readonly clock?: Clock } = {},
): Promise<Outcome> {
  const destination = commandDestination({ name: 'pager', command, concurrency: 1, timeoutMs: 30_000, clock });
  const signal = new AbortController().signal;
  return destination.send(single(anActivity()), { signal, earlier: null, ...context });
}

/** A clock whose time comes when it is told to. */
function atWill() {
  const due: (() => void)[] = [];
  const after: Clock['after'] = (_, fire) => {
    due.push(fire);
    return () => undefined;
  };
  return { clock: { ...systemClock, after }, ring: () => due.forEach((fire) => fire()) };
}

/** A program that says when it runs, and of which something runs on; `ended` resolves when all of it is gone. */
async function lasting(dir: string, script: string) {
  const fifo = join(dir, 'fifo');
  execFileSync('mkfifo', [fifo]);
  const stream = createReadStream(fifo);
  const ended = once(stream, 'end');
  const began = once(stream, 'data');
  return { command: shell(`exec 3>"$1"; echo began >&3; ${script}`, fifo), began, ended };
}

test('a program reads the activity as one line of JSON, as an endpoint gets it', async () => {
  await using dir = await dataDir();
  const file = join(dir.path, 'told');
  assert.deepEqual(await send(shell('cat > "$1"', file)), { kind: 'sent', answer: 'exit 0' });
  const text = readFileSync(file, 'utf8');
  assert.match(text, /^\{"version":1,"type":"issues\.opened",[^\n]*\}\n$/);
  assert.equal(JSON.parse(text).data.subject.handle, '#12');
});

test('its environment is small and ours holds nothing for it; no text of an event is in it', async () => {
  await using dir = await dataDir();
  const file = join(dir.path, 'env');
  const command = shell('env > "$1"', file);
  const destination = commandDestination({
    name: 'pager',
    command,
    concurrency: 1,
    timeoutMs: 30_000,
    clock: systemClock,
  });
  const notification = { ...aNotification(anActivity()), tries: 2, isReplay: true };
  const signal = new AbortController().signal;
  await destination.send({ kind: 'single', notification }, { signal, earlier: null });
  // The shell adds some of its own.
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line && !/^(?:PWD|OLDPWD|SHLVL|_)=/.test(line));
  assert.deepEqual(lines.toSorted(), [
    `HOME=${homedir()}`,
    'LANG=C.UTF-8',
    `PATH=${PATH}`,
    'TIDINGS_ATTEMPT=3',
    'TIDINGS_EVENT_ID=1',
    'TIDINGS_ID=ntf_1',
    'TIDINGS_REPLAY=true',
  ]);
});

test('no shell reads its arguments', async () => {
  const outcome = await send(['printf', '%s|', '$HOME', '; exit 1', '*']);
  assert.deepEqual(outcome, { kind: 'sent', answer: 'exit 0: $HOME|; exit 1|*|' });
});

const EXITS: readonly (readonly [script: string, kind: Outcome['kind'], says: RegExp])[] = [
  ['echo first; echo paged mona', 'sent', /^exit 0: paged mona$/],
  ['exit 75', 'retry', /^sh asks to try again \(exit 75\)$/],
  ['echo busy >&2; exit 75', 'retry', /exit 75: busy/],
  ['echo out; echo "no such team" >&2; exit 2', 'rejected', /^sh refused it \(exit 2: no such team\); mend .* replay$/],
  ['exit 126', 'broken', /cannot be run \(exit 126\); run it by hand/],
  ['nosuchprogram', 'broken', /not there \(exit 127\).*nosuchprogram.*; run it by hand/],
  ['kill -SEGV $$', 'unknown', /may have told it: ended by SIGSEGV$/],
];
for (const [script, kind, says] of EXITS) {
  test(`${script}: ${kind}`, async () => {
    const outcome = await send(shell(script));
    assert.equal(outcome.kind, kind);
    assert.match(outcome.kind === 'sent' ? outcome.answer : outcome.reason, says);
  });
}

test('a program that is not there, or that nobody may run, is broken until somebody mends it', async () => {
  await using dir = await dataDir();
  const file = join(dir.path, 'page-me');
  const absent = await send([file]);
  writeFileSync(file, '#!/bin/sh\n', { mode: 0o600 });
  const locked = await send([file]);
  const mend = 'give its absolute path in command, and let the user that runs Tidings execute it';
  assert.deepEqual(absent, { kind: 'broken', reason: `page-me is not there (ENOENT): ${mend}` });
  assert.deepEqual(locked, { kind: 'broken', reason: `page-me cannot be run (EACCES): ${mend}` });
  assert.equal((await send(['page\0me'])).kind, 'broken');
  assert.deepEqual([(await check('pager', file))[0]?.status, (await check('pager', 'sh'))[0]?.status], ['fail', 'ok']);
});

test('a program that reads nothing has still told it; of what it writes without end the last line is kept', async () => {
  assert.equal((await send(shell('exec 0<&-; exit 0'))).kind, 'sent');
  const flood = 'head -c 3000000 /dev/zero | tr "\\0" x; echo; printf "\\033[2Jthe last"; exit 1';
  const outcome = await send(shell(flood));
  assert.equal(
    outcome.kind === 'rejected' && outcome.reason,
    'sh refused it (exit 1: [2Jthe last); mend the program, then replay',
  );
  const long = await send(shell('head -c 100000 /dev/zero | tr "\\0" x'));
  assert.ok(long.kind === 'sent' && long.answer.length < 200);
});

test('at its limit a program is killed with all that it started, and nobody knows what it told', async () => {
  await using dir = await dataDir();
  const { clock, ring } = atWill();
  const { command, began, ended } = await lasting(dir.path, 'sleep 600 & trap "" TERM; wait');
  const sending = send(command, { clock });
  await began;
  ring();
  assert.deepEqual(await sending, { kind: 'unknown', reason: 'sh may have told it: killed after 30 s' });
  await ended;
});

test('given up, a program is killed the same way', async () => {
  await using dir = await dataDir();
  const stop = new AbortController();
  const { command, began, ended } = await lasting(dir.path, 'sleep 600 & sleep 600');
  const sending = send(command, { signal: stop.signal });
  await began;
  stop.abort();
  assert.deepEqual(await sending, { kind: 'unknown', reason: 'sh may have told it: killed before it was done' });
  await ended;
});

test('what a program leaves in the background neither holds it up nor stays', async () => {
  await using dir = await dataDir();
  const { command, ended } = await lasting(dir.path, 'sleep 600 & exit 0');
  assert.deepEqual(await send(command), { kind: 'sent', answer: 'exit 0' });
  await ended;
});

test('it is told whether the program has left; without leave none is started', async () => {
  let left = 0;
  const departure = (may: boolean) => ({ mayLeave: async () => may, hasLeft: () => void (left += 1) });
  assert.equal((await send(['/nowhere/page-me'], { departure: departure(true) })).kind, 'broken');
  assert.equal((await send(shell('exit 0'), { departure: departure(false) })).kind, 'retry');
  assert.equal(left, 0);
  assert.equal((await send(shell('exit 0'), { departure: departure(true) })).kind, 'sent');
  assert.equal(left, 1);
});

test('a command is a list, and begins with an absolute path or a name', () => {
  const { value } = SCHEMA.keys['command'] ?? assert.fail();
  const problem = (given: unknown) => value.safeParse(given).error?.issues[0]?.message;
  assert.deepEqual(value.safeParse('page-me').data, ['page-me']);
  assert.equal(problem(['/opt/my programs/page-me', 'a b']), undefined);
  assert.match(problem('page-me --urgent') ?? '', /a text for each argument, as in \[\/usr/);
  assert.match(problem(['./page-me']) ?? '', /must begin with an absolute path, or with a name on PATH/);
  assert.match(problem([]) ?? '', /is empty/);
});
