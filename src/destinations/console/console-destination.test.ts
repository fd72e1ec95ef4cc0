import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { hostileActivity } from '../../../tests/conformance/hostile-activity.ts';
import {
  aFailedWorkflow,
  aMergedPullRequest,
  aNotification,
  anActivity,
  aStar,
  digest,
  single,
} from '../../../tests/fixtures/activities.ts';
import type { Activity } from '../../model/activity.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { columnsOf } from '../../shared/terminal/columns.ts';
import { consoleDestination } from './console-destination.ts';

const context = { signal: new AbortController().signal, earlier: null };
const clock: Clock = { ...systemClock, now: () => aNotification(anActivity()).receivedAt + 9 };

function terminal(color = false) {
  const written: string[] = [];
  const destination = consoleDestination({
    name: 'console',
    write: (text) => void written.push(text),
    color,
    width: 80,
    clock,
  });
  return { destination, written };
}

test('a card tells what, who, where and how long it took', async () => {
  const { destination, written } = terminal();
  const outcome = await destination.send(single(anActivity({ excerpt: 'It **stops**.', labels: ['bug'] })), context);
  assert.equal(outcome.kind, 'sent');
  assert.equal(
    written.join(''),
    [
      '┃ 🟢 mona opened issue #12: Uploads fail on Safari',
      '┃ “ It stops.',
      '┃ acme/api · bug',
      '┃ https://github.com/acme/api/issues/12',
      '┃ received → stored → told in 9 ms',
      '',
      '',
    ].join('\n'),
  );
});

test('a title that does not fit beside the words has a line of its own; what nobody did names nobody', async () => {
  const shown = async (activity: Activity, width: number) => {
    const written: string[] = [];
    const write = (text: string) => void written.push(text);
    await consoleDestination({ name: 'console', write, color: false, width, clock }).send(single(activity), context);
    return written.join('').split('\n').slice(0, 3);
  };
  assert.deepEqual(await shown(aMergedPullRequest(), 40), [
    '┃ 🟣 hubot merged pull request #128:',
    '┃ Retry uploads with backoff and jitter',
    '┃ acme/api · main ← retry-uploads · 4 c…',
  ]);
  assert.deepEqual(await shown(aFailedWorkflow(), 80), [
    '┃ 🔴 CI failed on main: Retry uploads',
    '┃ acme/api · 3 min 7 s',
    '┃ https://github.com/acme/api/actions/runs/904',
  ]);
});

test('it says whom it calls, and the organisation where there is no repository', async () => {
  const { destination, written } = terminal();
  const mentions = ['mona', 'acme/backend', 'mona'].map((name) => ({ name, ids: { slack: 'U012' } }));
  await destination.send(single(anActivity({ place: null, account: 'acme' }), mentions), context);
  const waiting = [aNotification(anActivity(), 1, mentions), aNotification(aStar('a'), 2)];
  await destination.send({ kind: 'digest', notifications: waiting }, context);
  assert.match(written[0] ?? '', /^┃ acme\n┃ → mona, acme\/backend\n┃ https/m);
  assert.match(written[1] ?? '', /^┃ → mona, acme\/backend\n┃ received/m);
});

test('a line that has nothing to say is left out, in colour too', async () => {
  const { destination, written } = terminal(true);
  await destination.send(single(aStar('mona')), context);
  assert.deepEqual(stripVTControlCharacters(written.join('')).split('\n').slice(0, -2), [
    '┃ ⭐ mona starred acme/api',
    '┃ https://github.com/acme/api',
    '┃ received → stored → told in 9 ms',
  ]);
});

test('in colour, the only control sequences are its own', async () => {
  const activity = hostileActivity('a\u001b[2J\u001b]0;owned\u0007\u009b31m\r\nb\u202ec\b');
  const { destination, written } = terminal(true);
  await destination.send(single(activity), context);
  await destination.send(digest([activity, activity, aStar('a')]), context);
  assert.ok(written.join('').includes('\u001b['));
  assert.doesNotMatch(stripVTControlCharacters(written.join('')), /(?!\n)\p{Cc}|\p{Bidi_Control}/u);
});

test('an excerpt reads as plain text: no mark, fence or bare address', async () => {
  const shown = async (excerpt: string) => {
    const { destination, written } = terminal();
    await destination.send(single(anActivity({ excerpt })), context);
    return [...written.join('').matchAll(/^┃ “ (.*)$/gm)].map(([, line]) => line);
  };
  assert.deepEqual(await shown('- [x] tests\n- [ ] docs\n* **bold** and `code`'), [
    '☑ tests',
    '☐ docs',
    '• bold and code',
  ]);
  assert.deepEqual(await shown('Why\n## How it works ##\n> quoted _text_'), ['Why', 'How it works', '> quoted text']);
  assert.deepEqual(await shown('See [the docs](https://x.test/a) ![shot](https://x.test/b.png) &amp; &lt;b&gt;'), [
    'See the docs 🖼 shot & <b>',
  ]);
  assert.deepEqual(await shown('![only](https://x.test/b.png)\n```ts\nconst a = `b`;\n```'), [
    '🖼 only',
    'const a = `b`;',
  ]);
  assert.deepEqual(await shown('[https://good.test](https://evil.test/)'), ['https://evil.test/']);
});

test('a burst is one card that counts', async () => {
  const { destination, written } = terminal();
  const message = digest(Array.from({ length: 1000 }, (_, index) => aStar(`u${index}`)));
  await destination.send(message, context);
  assert.match(
    written.join(''),
    /1,000 stars in acme\/api\n┃ u0, u1, u2, u3, u4 and 995 more\n.*told in 9 ms, 1,000 in one/,
  );
});

test('one more group is one', async () => {
  const { destination, written } = terminal();
  const places = Array.from({ length: 6 }, (_, index) => ({
    name: `acme/r${index}`,
    url: `https://github.com/acme/r${index}`,
  }));
  await destination.send(digest(places.map((place) => aStar('a', place))), context);
  assert.match(written.join(''), /^┃ and 1 more in 1 other group$/m);
});

test('the repository is said once, and at each line only where there are several', async () => {
  const other = { name: 'acme/web', url: 'https://github.com/acme/web' };
  const { destination, written } = terminal();
  await destination.send(digest([aStar('a'), anActivity()]), context);
  await destination.send(digest([aStar('a'), aStar('b', other)]), context);
  const [one = '', two = ''] = written;
  assert.match(one, /^┃ 2 events in acme\/api: 1 star, 1 issue opened \(#12\)\n┃ 1 star: a\n┃ 1 issue opened: #12 /);
  assert.match(two, /┃ 2 stars in 2 repositories\n┃ 1 star · acme\/api: a\n┃ 1 star · acme\/web: b\n/);
});

test('a message is told when it was taken; meanwhile the next one is kept back, and tried again', async () => {
  const taken = Promise.withResolvers<void>();
  const written: string[] = [];
  const write = (text: string) => {
    written.push(text);
    return taken.promise;
  };
  const destination = consoleDestination({ name: 'console', write, color: false, width: 80, clock });
  const first = new AbortController();
  const sending = destination.send(single(anActivity()), { signal: first.signal, earlier: null });
  await new Promise(setImmediate);
  first.abort();
  assert.deepEqual(await sending, { kind: 'unknown', reason: 'nobody has read it yet' });
  for (let tries = 0; tries < 3; tries++) {
    const outcome = await destination.send(single(anActivity()), { signal: AbortSignal.abort(), earlier: null });
    assert.deepEqual(outcome, { kind: 'retry', reason: 'nobody reads the output' });
  }
  assert.equal(written.length, 1);
  const again = destination.send(single(anActivity()), context);
  taken.resolve();
  assert.equal((await again).kind, 'sent');
  assert.equal(written.length, 2);
});

test('where nobody reads any more, nothing counts as told', async () => {
  const write = async () => {
    throw new Error('nobody reads it any more');
  };
  const destination = consoleDestination({ name: 'console', write, color: false, width: 80, clock });
  const outcome = await destination.send(single(anActivity()), context);
  assert.deepEqual(outcome, {
    kind: 'retry',
    reason: 'the terminal cannot be written: Error: nobody reads it any more',
  });
});

test('no line of a card is wider than the terminal, an address excepted; what is cut ends in …', async () => {
  const long = { headline: 'Pull request review comment created', labels: ['needs a second look', 'backend'] };
  const activity = anActivity({ ...long, excerpt: '上传在 Safari 里总是失败，'.repeat(9), did: 'x' });
  for (const width of [40, 80]) {
    const written: string[] = [];
    const write = (text: string) => void written.push(text);
    const destination = consoleDestination({ name: 'console', write, color: false, width, clock });
    await destination.send(single(activity), context);
    await destination.send(digest([activity, activity, aStar('a')]), context);
    const lines = written
      .join('')
      .split('\n')
      .filter((line) => !line.includes('https://'));
    for (const line of lines) assert(columnsOf(line) <= width, `${width}: ${line}`);
    assert(lines.some((line) => line.endsWith('…')));
  }
});
