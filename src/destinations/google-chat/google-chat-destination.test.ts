import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type GoogleChatDouble, startGoogleChatDouble } from '../../../tests/doubles/google-chat-double.ts';
import {
  aMergedPullRequest,
  aNotification,
  anActivity,
  aStar,
  digest,
  single,
} from '../../../tests/fixtures/activities.ts';
import { dataDir } from '../../../tests/support/data-dir.ts';
import { inProcess } from '../../../tests/support/in-process.ts';
import { sendAs } from '../../../tests/support/sending.ts';
import type { Message } from '../../model/destination.ts';
import { systemClock } from '../../shared/clock.ts';
import { Secret } from '../../shared/secret.ts';
import { judgeAnswer } from './answer.ts';
import { unmarked } from './escape.ts';
import { googleChatDestination } from './google-chat-destination.ts';
import { webhookProblem } from './shapes.ts';

function sender({ webhookUrl }: GoogleChatDouble, thread = true, name = 'team') {
  const settings = { webhook_url: new Secret(webhookUrl), thread, per_minute: 50 };
  const destination = googleChatDestination({ name, settings, clock: systemClock });
  return (message: Message) => sendAs(destination, message);
}

test('a message is a card that says what happened, by whom and where', async () => {
  await using chat = await startGoogleChatDouble();
  const outcome = await sender(chat)(single(aMergedPullRequest({ excerpt: 'It **stops** at `<50>`.\n> why?' })));
  assert.deepEqual(outcome, { kind: 'sent', answer: '200 posted' });
  const [message] = chat.messages;
  assert.equal(message?.text, undefined);
  assert.deepEqual(message?.cardsV2[0].card.sections, [
    {
      widgets: [
        {
          textParagraph: {
            text: '🟣 <a href="https://github.com/hubot">hubot</a> merged pull request #128: <a href="https://github.com/acme/api/pull/128"><b>Retry uploads with backoff and jitter</b></a><br><font color="#5f6368">acme/api · main ← retry-uploads · 4 commits · +212 −38</font>',
          },
        },
        { textParagraph: { text: 'It <b>stops</b> at `&lt;50&gt;`.<br>&gt; why?' } },
      ],
    },
  ]);
});

test('later news of one issue goes into its thread, unless each is to be a message of its own', async () => {
  await using chat = await startGoogleChatDouble();
  const about = anActivity({ thread: 'acme/api#12' });
  const of = (id: number, activity = about) => ({ kind: 'single', notification: aNotification(activity, id) }) as const;
  for (const id of [1, 2]) await sender(chat)(of(id));
  await sender(chat, false)(of(3));
  await sender(chat)(of(4, anActivity({ thread: 'acme/api#13' })));
  await sender(chat)(digest([about, about, aStar('a')]));
  const threads = chat.messages.map(({ thread }) => thread.threadKey);
  assert.equal(threads[0], threads[1]);
  assert.equal(new Set(threads).size, 4);
  assert.deepEqual(chat.violations, []);
});

test('the same message told again is known by its key; a replay, and the same at another destination, is not it', async () => {
  await using chat = await startGoogleChatDouble();
  const notification = aNotification(anActivity());
  const message: Message = { kind: 'single', notification };
  await sender(chat)(message);
  await sender(chat)({ ...message, maybeRepeated: true });
  assert.equal(chat.messages.length, 1);
  await sender(chat, true, 'other')(message);
  await sender(chat)({ kind: 'single', notification: { ...notification, id: 2, isReplay: true } });
  // A database begun anew counts from 1 again.
  await sender(chat)({ kind: 'single', notification: { ...notification, storedAt: 1 } });
  assert.equal(chat.messages.length, 4);
});

test('webhooks of one space share its pace, whatever opens them', () => {
  const keyOf = (url: string) => {
    const settings = { webhook_url: new Secret(url), thread: true, per_minute: 50 } as const;
    return googleChatDestination({ name: 'team', settings, clock: systemClock }).account?.rateKey;
  };
  const [a, b, c] = ['A/messages?key=k1&token=t1', 'A/messages?key=k2&token=t2', 'B/messages?key=k1&token=t1'].map(
    (end) => keyOf(`https://chat.googleapis.com/v1/spaces/${end}`),
  );
  assert.deepEqual([a === b, a === c], [true, false]);
});

test('whom a rule calls stands in the text, and nothing else that acts', async () => {
  await using chat = await startGoogleChatDouble();
  const mentions = [
    { name: 'mona', ids: { 'google-chat': 'users/12345' } },
    { name: 'hubot', ids: { 'google-chat': 'users/67890' } },
    { name: '<users/all> *b*', ids: { 'google-chat': 'users/all' } },
    { name: 'here', ids: {}, audience: 'here' as const },
  ];
  await sender(chat)(single(anActivity(), mentions));
  assert.equal(chat.messages[0]?.text, '→ <users/12345>, <users/67890>, users/all b, <users/all>');
  assert.equal(unmarked('lena_k ~x~ <https://e.test|y>'), 'lena k x https //e.test y');
});

const ANSWERS: readonly (readonly [status: number, name: string, kind: string, says: RegExp])[] = [
  [400, 'INVALID_ARGUMENT', 'rejected', /refused the message \(400 INVALID_ARGUMENT no\); please report/],
  [401, 'UNAUTHENTICATED', 'broken', /make a new one .* update webhook_url/],
  [403, 'PERMISSION_DENIED', 'broken', /was removed/],
  [404, 'NOT_FOUND', 'broken', /or its space/],
  [429, 'RESOURCE_EXHAUSTED', 'retry', /asks to slow down/],
  [301, '', 'broken', /set webhook_url to the final address/],
];
for (const [code, status, kind, says] of ANSWERS) {
  test(`${code} ${status} is ${kind} and says what to do`, () => {
    const text = JSON.stringify({ error: { code, status, message: 'no' } });
    const outcome = judgeAnswer({ kind: 'answered', status: code, headers: new Headers(), text }, 0);
    assert.equal(outcome.kind, kind);
    assert.match('reason' in outcome ? outcome.reason : '', says);
  });
}

test('half an address is told, and a page of a proxy is no yes', () => {
  assert.equal(webhookProblem('https://chat.googleapis.com/v1/spaces/A/messages?key=a&token=b'), undefined);
  assert.match(webhookProblem('https://chat.googleapis.com/v1/spaces/A/messages?key=a') ?? '', /not whole/);
  assert.match(webhookProblem('http://chat.googleapis.com/v1/spaces/A/messages?key=a&token=b') ?? '', /write https/);
  const answered = { kind: 'answered', status: 200, headers: new Headers(), text: '<html>Sign in</html>' } as const;
  assert.equal(judgeAnswer(answered, 0).kind, 'retry');
});

test('a webhook is proved with a hello and kept; one that refuses is not', async () => {
  await using dir = await dataDir();
  await using chat = await startGoogleChatDouble();
  const wrong = await inProcess(['connect', 'google-chat'], dir.path, {
    GOOGLE_CHAT_WEBHOOK_URL: `${chat.webhookUrl}x`,
  });
  assert.match(wrong.stderr, /Not connected, nothing was written: the webhook was removed/);
  assert.equal(existsSync(join(dir.path, '.env')), false);
  const { code, stderr } = await inProcess(['connect', 'google-chat'], dir.path, {
    GOOGLE_CHAT_WEBHOOK_URL: chat.webhookUrl,
  });
  assert.equal(code, 0, stderr);
  assert.match(JSON.stringify(chat.messages), /Tidings is connected/);
  assert.match(readFileSync(join(dir.path, '.env'), 'utf8'), /^GOOGLE_CHAT_WEBHOOK_URL=/);
  for (const secret of chat.secrets) assert.ok(!(stderr + wrong.stderr).includes(secret));
});
