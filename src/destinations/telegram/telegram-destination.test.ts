import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTelegramDouble, type TelegramDouble } from '../../../tests/doubles/telegram-double.ts';
import { actsIn, telegramNo } from '../../../tests/doubles/telegram-rules.ts';
import { anActivity, digest, single } from '../../../tests/fixtures/activities.ts';
import { sendAs } from '../../../tests/support/sending.ts';
import type { Message, Receipt } from '../../model/destination.ts';
import { systemClock } from '../../shared/clock.ts';
import { Secret } from '../../shared/secret.ts';
import { escapeText } from './escape.ts';
import type { TelegramSettings } from './settings.ts';
import { telegramDestination } from './telegram-destination.ts';

function make({ token, chat, origin }: TelegramDouble, more: Partial<TelegramSettings> = {}) {
  const base = {
    token: new Secret(token),
    chat_id: chat,
    thread: true,
    per_minute: 20,
    api_url: origin,
  } as const;
  const destination = telegramDestination({ name: 'team', settings: { ...base, ...more }, clock: systemClock });
  const send = (message: Message, earlier: Receipt | null = null) => sendAs(destination, message, earlier);
  return { destination, send };
}

test('a message says what happened, by whom and where', async () => {
  await using telegram = await startTelegramDouble();
  const { send, destination } = make(telegram);
  const outcome = await send(single(anActivity({ excerpt: 'It **stops** at `50%`.\n\n> why?', labels: ['bug'] })));
  assert.deepEqual(outcome, { kind: 'sent', answer: '200 posted' });
  assert.equal(
    telegram.messages[0]?.text,
    [
      '🟢 <a href="https://github.com/mona">mona</a> opened issue #12: <a href="https://github.com/acme/api/issues/12"><b>Uploads fail on Safari</b></a>',
      '<i>acme/api · bug</i>',
      '<blockquote>It <b>stops</b> at <code>50%</code>.\n&gt; why?</blockquote>',
    ].join('\n'),
  );
  assert.equal(destination.intervalMs, 3_000);
});

test('names and commands in texts act no more; addresses stay whole', () => {
  assert.equal(escapeText('@mona /start a/b'), '@\u2060mona /\u2060start a/b');
  assert.equal(escapeText('see https://x.test/a?b=1&c=<d>'), 'see https://x.test/a?b=1&amp;c=&lt;d&gt;');
  assert.equal(escapeText('50% @ noon / 3'), '50% @ noon / 3');
});

test('a name or command in two looks acts no more than in one', async () => {
  await using telegram = await startTelegramDouble();
  await make(telegram).send(single(anActivity({ excerpt: 'ask @**mona** or é/start, /**stop** now' })));
  const [message] = telegram.messages;
  assert.deepEqual(message && actsIn(message.parsed), []);
  assert.match(message?.text ?? '', /@\u2060<b>mona<\/b> or é\/\u2060start/);
});

test('later news of one issue replies to what was told before, unless each is to be a message of its own', async () => {
  await using telegram = await startTelegramDouble();
  const about = anActivity({ thread: 'acme/api#12' });
  const before = { chat: telegram.chat, message: 7 };
  const outcome = await make(telegram).send(single(about), before);
  assert.deepEqual(outcome.kind === 'sent' && outcome.receipt, { chat: telegram.chat, message: 1 });
  await make(telegram, { thread: false }).send(single(about), before);
  await make(telegram).send(digest([about, about, about]), before);
  await make(telegram, { topic_id: 5 }).send(single(anActivity({ thread: null })), before);
  // It posted elsewhere then.
  await make(telegram).send(single(about), { ...before, chat: '@elsewhere' });
  assert.deepEqual(
    telegram.messages.map((each) => each.reply_parameters?.message_id),
    [7, undefined, undefined, undefined, undefined],
  );
  assert.equal(telegram.messages[3]?.message_thread_id, 5);
});

test('whom a rule calls is called by name or number, and nobody whose id is neither', async () => {
  await using telegram = await startTelegramDouble();
  const ids = ['@mona_l', 'tg://user?id=80351110', 'no name', 'x"><b>'];
  const mentions = ids.map((telegram, n) => ({ name: `m${n}`, ids: { telegram } }));
  await make(telegram).send(single(anActivity(), [...mentions, { name: 'here', ids: {}, audience: 'here' }]));
  const [first] = telegram.messages[0]?.text.split('\n') ?? [];
  assert.equal(first, '→ @mona_l, <a href="tg://user?id=80351110">m1</a>, m2, m3, here');
});

test('markup that is refused goes out once more without', async () => {
  await using telegram = await startTelegramDouble();
  telegram.plan(telegramNo(400, "Bad Request: can't parse entities: Unsupported start tag"));
  const outcome = await make(telegram).send(single(anActivity()));
  assert.equal(outcome.kind, 'sent');
  const [message] = telegram.messages;
  assert.deepEqual(
    [message?.parse_mode, message?.text],
    [undefined, 'mona opened issue #12 in acme/api: Uploads fail on Safari'],
  );
});

test('also without markup nothing acts', async () => {
  await using telegram = await startTelegramDouble();
  telegram.plan(telegramNo(400, "Bad Request: can't parse entities: Unsupported start tag"));
  const subject = { noun: 'issue', handle: '#12', title: '@mona /start', url: 'https://evil.test/' };
  await make(telegram).send(single(anActivity({ subject })));
  assert.deepEqual(
    telegram.messages.map(({ parsed }) => actsIn(parsed)),
    [[]],
  );
});
