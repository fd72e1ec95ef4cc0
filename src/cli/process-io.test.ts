import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { systemClock } from '../shared/clock.ts';
import { processIo } from './process-io.ts';

type Taken = (error?: Error) => void;

function fakeProcess() {
  const stream = () =>
    Object.assign(new EventEmitter(), {
      written: [] as string[],
      takers: [] as Taken[],
      write(text: string, taken: Taken) {
        this.written.push(text);
        this.takers.push(taken);
      },
    });
  const stdout = stream();
  return { stdout, process: Object.assign(new EventEmitter(), { stdin: stream(), stdout, stderr: stream() }) };
}

function ioOf(process: object, clock = systemClock) {
  return processIo(process as unknown as NodeJS.Process, { noColor: true, clock });
}

function failure(code: string): Error {
  return Object.assign(new Error(`${code}: so it is`), { code });
}

test('the first signal asks to stop, a later one to leave at once', () => {
  let now = 1_000;
  const { process } = fakeProcess();
  const io = ioOf(process, { ...systemClock, monotonic: () => now });
  process.emit('SIGINT');
  now += 1_000;
  assert.deepEqual([io.stop.aborted, io.force.aborted], [true, false]);
  process.emit('SIGTERM');
  assert.equal(io.force.aborted, true);
});

test('a closed terminal asks to stop; without one, SIGHUP is left to who means something else by it', () => {
  const { process } = fakeProcess();
  ioOf(process);
  assert.equal(process.listenerCount('SIGHUP'), 0);
  const atTerminal = fakeProcess().process;
  Object.assign(atTerminal.stderr, { isTTY: true });
  const io = ioOf(atTerminal);
  atTerminal.emit('SIGHUP');
  assert.equal(io.stop.aborted, true);
});

test('one Ctrl-C that npm passes on as well counts once', () => {
  let now = 1_000;
  const { process } = fakeProcess();
  const io = ioOf(process, { ...systemClock, monotonic: () => now });
  process.emit('SIGINT');
  now += 20;
  process.emit('SIGINT');
  assert.deepEqual([io.stop.aborted, io.force.aborted], [true, false]);
});

test('a write is done when the reader has taken it', async () => {
  const { stdout, process } = fakeProcess();
  const io = ioOf(process);
  const done: string[] = [];
  const all = [io.stdout.write('a').then(() => done.push('a')), io.stdout.written().then(() => done.push('written'))];
  await new Promise(setImmediate);
  assert.deepEqual(done, []);
  stdout.takers[0]?.();
  await Promise.all(all);
  assert.deepEqual(done, ['a', 'written']);
});

test('a reader that goes away ends the output and is no error', async () => {
  const { stdout, process } = fakeProcess();
  const io = ioOf(process);
  const first = io.stdout.write('a');
  stdout.takers[0]?.(failure('EPIPE'));
  stdout.emit('error', failure('EPIPE'));
  await first;
  await io.stdout.write('b');
  assert.deepEqual([stdout.written, io.closed.aborted, io.stop.aborted], [['a'], true, false]);
});

test('whoever writes hears of any other error, and what nobody awaited ends nothing', async () => {
  const { stdout, process } = fakeProcess();
  const io = ioOf(process);
  void io.stdout.write('a');
  stdout.takers[0]?.(failure('ENOSPC'));
  stdout.emit('error', failure('ENOSPC'));
  await assert.rejects(io.stdout.written(), /^Error: The output cannot be written: ENOSPC: so it is$/);
  assert.equal(io.closed.aborted, false);
});
