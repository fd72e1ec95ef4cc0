import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultsInHtml, type MatrixDouble, startMatrixDouble } from '../../../tests/doubles/matrix-double.ts';
import {
  aMergedPullRequest,
  aNotification,
  anActivity,
  aStar,
  digest,
  single,
} from '../../../tests/fixtures/activities.ts';
import { sendAs } from '../../../tests/support/sending.ts';
import type { Message, Receipt } from '../../model/destination.ts';
import { systemClock } from '../../shared/clock.ts';
import { Secret } from '../../shared/secret.ts';
import { matrixDestination } from './matrix-destination.ts';

function sender({ origin, token, room }: MatrixDouble, thread = true) {
  const settings = {
    homeserver: `${origin}/`,
    access_token: new Secret(token),
    room_id: room,
    thread,
    per_minute: 12,
  };
  const destination = matrixDestination({ name: 'team', settings, clock: systemClock });
  let earlier: Receipt | null = null;
  /** As the core does it: the receipt of one comes with the next. */
  return async (message: Message) => {
    const outcome = await sendAs(destination, message, earlier);
    if (outcome.kind === 'sent' && outcome.receipt) earlier = outcome.receipt;
    return outcome;
  };
}

function of(id: number, activity = anActivity({ thread: 'acme/api#12' })): Message {
  return { kind: 'single', notification: aNotification(activity, id) };
}

test('a message says what happened, by whom and where, as HTML and as plain text', async () => {
  await using matrix = await startMatrixDouble();
  const outcome = await sender(matrix)(
    single(aMergedPullRequest({ excerpt: 'It **stops**.\n> why?\n\n```\na < b\n```' })),
  );
  assert.deepEqual(outcome, { kind: 'sent', answer: '200 posted' });
  const [event] = matrix.events;
  assert.equal(
    event?.formatted_body,
    '<p>🟣 <a href="https://github.com/hubot">hubot</a> merged pull request #128: <a href="https://github.com/acme/api/pull/128"><b>Retry uploads with backoff and jitter</b></a><br><i>acme/api · main ← retry-uploads · 4 commits · +212 −38</i></p>' +
      '<blockquote>It <b>stops</b>.<br>&gt; why?<pre><code>a &lt; b\n</code></pre></blockquote>',
  );
  assert.equal(
    event?.body,
    '🟣 hubot merged pull request #128: Retry uploads with backoff and jitter\nacme/api · main ← retry-uploads · 4 commits · +212 −38\n> It stops.\n> > why?\n> a < b',
  );
  assert.deepEqual([event?.['m.mentions'], matrix.violations], [{}, []]);
});

test('later news of one issue goes into the thread below the first, unless each is to be a message of its own, or the room is another', async () => {
  await using matrix = await startMatrixDouble();
  const send = sender(matrix);
  for (const id of [1, 2, 3]) await send(of(id));
  await send(digest([anActivity(), anActivity({ thread: 'x' }), aStar('a')]));
  const alone = sender(matrix, false);
  for (const id of [8, 9]) await alone(of(id));
  assert.deepEqual(
    matrix.events.map(({ 'm.relates_to': to }) => to && [to.event_id, to['m.in_reply_to'].event_id]),
    [undefined, ['$event1', '$event1'], ['$event1', '$event2'], undefined, undefined, undefined],
  );
  assert.deepEqual(matrix.violations, []);
});

test('the same message told again is known by its transaction; where that is forgotten it is told in the same words', async () => {
  await using matrix = await startMatrixDouble();
  const send = sender(matrix);
  await send(of(1, anActivity()));
  await send({ ...of(1, anActivity()), maybeRepeated: true });
  assert.equal(matrix.events.length, 1);
  matrix.forget();
  await send({ ...of(1, anActivity()), maybeRepeated: true });
  assert.equal(matrix.events[1]?.body, matrix.events[0]?.body);
  assert.deepEqual(matrix.violations, []);
});

test('whom a rule calls is called, and nobody else whatever the texts say', async () => {
  await using matrix = await startMatrixDouble();
  const mentions = [
    { name: 'mona', ids: { matrix: '@mona:example.org' } },
    { name: 'hubot', ids: { matrix: 'https://matrix.to/#/@x:y' } },
    { name: 'here', ids: {}, audience: 'here' as const },
  ];
  await sender(matrix)(single(anActivity(), mentions));
  const [event] = matrix.events;
  assert.deepEqual(event?.['m.mentions'], { user_ids: ['@mona:example.org'], room: true });
  assert.match(
    event.formatted_body,
    /^<p>→ <a href="https:\/\/matrix\.to\/#\/%40mona%3Aexample\.org">mona<\/a>, hubot, @room<br>/,
  );
  assert.match(event.body, /^→ mona, hubot, @room\n/);
});

test('an address of matrix.to in a text is no mention', async () => {
  await using matrix = await startMatrixDouble();
  const excerpt = 'ask [mona](https://matrix.to/#/@mona:example.org) or https://matrix.to/#/@lena:example.org';
  await sender(matrix)(single(anActivity({ excerpt })));
  const [event] = matrix.events;
  assert.deepEqual([faultsInHtml(event?.formatted_body ?? ''), event?.['m.mentions']], [[], {}]);
  assert.match(event?.body ?? '', /> ask mona or https:\/\/matrix\.\u2060to/);
});

test('nothing is posted to an encrypted room', async () => {
  await using matrix = await startMatrixDouble({ isEncrypted: true });
  const outcome = await sender(matrix)(single(anActivity()));
  assert.deepEqual([outcome.kind, matrix.violations], ['broken', []]);
  assert.match('reason' in outcome ? outcome.reason : '', /encrypted.*set room_id to one that is not/);
});

test('a room that the bot was thrown out of holds what waits', async () => {
  await using matrix = await startMatrixDouble({ hasJoined: false });
  const outcome = await sender(matrix)(single(anActivity()));
  assert.equal(outcome.kind, 'broken');
  assert.match(
    'reason' in outcome ? outcome.reason : '',
    /may not post in the room \(403 M_FORBIDDEN no\): invite the bot/,
  );
});
