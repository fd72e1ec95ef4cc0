import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { aNotification, anActivity, aStar, digest, single } from '../../../tests/fixtures/activities.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { consoleDestination } from './console-destination.ts';

const signal = new AbortController().signal;
const clock: Clock = { ...systemClock, now: () => aNotification(anActivity()).receivedAt + 9 };

function terminal(color = false) {
  const written: string[] = [];
  const destination = consoleDestination({
    name: 'console',
    write: (text) => written.push(text),
    color,
    width: 80,
    clock,
  });
  return { destination, written };
}

test('a card tells what, who, where and how long it took', async () => {
  const { destination, written } = terminal();
  const outcome = await destination.send(
    single(anActivity({ excerpt: '# Bug\n\nIt stops.', labels: ['bug'] })),
    signal,
  );
  assert.equal(outcome.kind, 'sent');
  assert.equal(
    written.join(''),
    [
      '┃ 🟢 Issue opened  #12 Uploads fail on Safari',
      '┃ “ It stops.',
      '┃ mona · acme/api · bug',
      '┃ https://github.com/acme/api/issues/12',
      '┃ received → stored → told in 9 ms',
      '',
      '',
    ].join('\n'),
  );
});

test('no user text can move the cursor or paint the screen', async () => {
  const evil = 'a\u001b[2J\u001b]0;owned\u0007\u009b31m\r\nb\u202ec\b';
  const activity = anActivity({
    headline: evil,
    actor: { login: evil, url: null, avatarUrl: null, isBot: false },
    repo: { fullName: evil, url: evil },
    subject: { noun: evil, handle: evil, title: evil, url: evil },
    excerpt: evil,
    facts: [evil],
    labels: [evil],
  });
  for (const color of [false, true]) {
    const { destination, written } = terminal(color);
    await destination.send(single(activity), signal);
    await destination.send(digest([activity, activity, aStar('a')]), signal);
    const text = color ? stripVTControlCharacters(written.join('')) : written.join('');
    assert.doesNotMatch(text, /(?!\n)\p{Cc}|\p{Bidi_Control}/u);
    assert.equal(written.join('').includes('\u001b['), color);
  }
});

test('a burst is one card that counts', async () => {
  const { destination, written } = terminal();
  const message = digest(Array.from({ length: 1000 }, (_, index) => aStar(`u${index}`)));
  await destination.send(message, signal);
  assert.match(
    written.join(''),
    /1,000 stars in acme\/api\n┃ u0, u1, u2, u3, u4 and 995 more\n.*told in 9 ms, 1,000 in one/,
  );
});

test('a terminal that is gone is a retry, not an exception', async () => {
  const write = () => {
    throw new Error('EPIPE');
  };
  const destination = consoleDestination({ name: 'console', write, color: false, width: 80 });
  assert.equal((await destination.send(single(anActivity()), signal)).kind, 'retry');
});
