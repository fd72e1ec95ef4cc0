import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { systemClock } from '../../shared/clock.ts';
import { processIo } from './process-io.ts';

function fakeProcess() {
  const stream = () =>
    Object.assign(new EventEmitter(), { written: [] as string[], write: (text: string) => stdout.written.push(text) });
  const stdout = stream();
  return { stdout, process: Object.assign(new EventEmitter(), { stdin: stream(), stdout, stderr: stream() }) };
}

function ioOf(process: object, clock = systemClock) {
  return processIo(process as unknown as NodeJS.Process, { noColor: true, clock });
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

test('a reader that goes away ends the output and is no error', () => {
  const { stdout, process } = fakeProcess();
  const io = ioOf(process);
  io.stdout.write('a');
  stdout.emit('error', Object.assign(new Error('broken pipe'), { code: 'EPIPE' }));
  io.stdout.write('b');
  assert.deepEqual([stdout.written, io.closed.aborted, io.stop.aborted], [['a'], true, false]);
});

test('any other error of an output is thrown', () => {
  const { stdout, process } = fakeProcess();
  ioOf(process);
  assert.throws(() => stdout.emit('error', new Error('disk full')), /disk full/);
});
