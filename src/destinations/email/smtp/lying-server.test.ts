import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Liar, type Lie, startLiar } from '../../../../tests/conformance/liar.ts';
import { aNotification, anActivity } from '../../../../tests/fixtures/activities.ts';
import { systemClock } from '../../../shared/clock.ts';
import { Secret } from '../../../shared/secret.ts';
import { emailDestination } from '../email-destination.ts';
import { htmlLetter } from '../mail/html.ts';
import { letterOf } from '../mail/letter.ts';
import { plainLetter } from '../mail/plain-letter.ts';
import { serverOf } from './server.ts';

const MESSAGE = { kind: 'single', notification: aNotification(anActivity()) } as const;
const YES: Readonly<Record<string, string>> = {
  EHLO: '250-x\r\n250 AUTH PLAIN\r\n',
  AUTH: '235 come in\r\n',
  MAIL: '250 ok\r\n',
  RCPT: '250 ok\r\n',
  DATA: '354 go on\r\n',
  END: '250 queued\r\n',
};

/** Does what a server does, but for some steps. '' breaks the connection. `END`: when the mail is there. */
function butFor(steps: Readonly<Record<string, string>>, greeting = '220 hi\r\n'): Lie {
  return (socket) => {
    let isMail = false;
    socket.write(greeting);
    socket.on('data', (bytes) => {
      const text = bytes.toString('latin1');
      if (isMail && !text.endsWith('\r\n.\r\n')) return;
      const step = isMail ? 'END' : text.slice(0, 4);
      const says = steps[step] ?? YES[step] ?? '500 what?\r\n';
      isMail = step === 'DATA' && says.startsWith('354');
      if (says === '') socket.resetAndDestroy();
      else socket.write(says);
    });
  };
}

function endless(head: string, piece: string): Lie {
  return (socket) => {
    const more = () => {
      while (!socket.destroyed && socket.write(piece));
    };
    socket.on('drain', more).write(head);
    more();
  };
}

const LIES: readonly (readonly [lie: string, tell: Lie, kind: string])[] = [
  ['another protocol', (socket) => void socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'), 'retry'],
  ['a connection that breaks before it greets', (socket) => void socket.resetAndDestroy(), 'retry'],
  ['a greeting without end', endless('220 ', 'x'.repeat(65_536)), 'retry'],
  ['a greeting of lines without end', endless('220-a\r\n', `220-${'x'.repeat(1_000)}\r\n`), 'retry'],
  ['what it can do, in no words', butFor({ EHLO: 'what\r\n', HELO: 'what\r\n' }), 'retry'],
  ['a code that is none', butFor({ RCPT: '999 odd\r\n' }), 'rejected'],
  ['a connection that breaks before the mail', butFor({ DATA: '' }), 'retry'],
  ['a connection that breaks behind the mail', butFor({ END: '' }), 'unknown'],
  ['no word about the mail', butFor({ END: 'what\r\n' }), 'unknown'],
  ['another question behind the mail', butFor({ END: '354 more\r\n' }), 'unknown'],
  ['words that act, and a secret', butFor({ END: '554 hush-hush-hush \u001b[2J\u202e\r\n' }), 'rejected'],
];
for (const [lie, tell, kind] of LIES) {
  test(`a mail server that says ${lie}: ${kind}`, async () => {
    await using liar = await startLiar(tell, { speaksFirst: true });
    const outcome = await sender(liar).send(MESSAGE, { signal: new AbortController().signal, earlier: null });
    assert.equal(outcome.kind, kind, JSON.stringify(outcome));
    assert.doesNotMatch('reason' in outcome ? outcome.reason : '', /hush|\p{Cc}|\p{Bidi_Control}/u);
    assert.ok(liar.said < 16 * 1024 * 1024);
  });
}

// A connection that nobody closes ends by itself after a minute.
test('what is given up leaves no connection open', { timeout: 30_000 }, async () => {
  await using liar = await startLiar(butFor({ END: '250-wait\r\n' }), { speaksFirst: true });
  const stop = new AbortController();
  const departure = { mayLeave: async () => true, hasLeft: () => setImmediate(() => stop.abort()) };
  const outcome = await sender(liar).send(MESSAGE, { signal: stop.signal, earlier: null, departure });
  assert.match('reason' in outcome ? outcome.reason : '', /may have it: stopped before the answer came/);
  await liar.left;
});

test('a repetition says so as HTML and as plain text', () => {
  const letter = letterOf({ ...MESSAGE, maybeRepeated: true });
  const foot = { words: 'Sent by Tidings.', unsubscribe: 'mailto:tidings@acme.test' };
  for (const text of [htmlLetter(letter, foot), plainLetter(letter, foot)])
    assert.match(text, /🔁 Possible repeat of an earlier message/);
});

function sender({ origin }: Liar) {
  const url = new Secret(origin.replace('http://', 'smtp://mona:hush-hush-hush@'));
  return emailDestination({
    name: 'mail',
    from: { name: 'Tidings', address: 'tidings@acme.test' },
    to: ['mona@acme.test'],
    unsubscribe: null,
    perMinute: 0,
    clock: systemClock,
    server: serverOf(url, 'none'),
  });
}
