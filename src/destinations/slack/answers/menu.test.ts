import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MONA, startAsked } from '../../../../tests/doubles/slack/asking.ts';
import { aNotification, anActivity, digest } from '../../../../tests/fixtures/activities.ts';
import { Secret } from '../../../shared/secret.ts';
import { renderActivity } from '../render.ts';
import { slackDestination } from '../slack-destination.ts';
import { withMenu } from './menu.ts';

const context = { signal: new AbortController().signal, earlier: null };

test('a message with a menu is the same message, with a menu beside its first words', () => {
  const plain = renderActivity(aNotification(anActivity()));
  const { blocks, ...rest } = withMenu(plain, { notification: 12 });
  const [first, ...others] = blocks;
  assert.deepEqual(others, plain.blocks.slice(1));
  assert.deepEqual({ ...rest, blocks: plain.blocks }, plain);
  const option = (text: string, value: string) => ({ text: { type: 'plain_text', text }, value });
  assert.deepEqual(first, {
    ...plain.blocks[0],
    accessory: {
      type: 'overflow',
      action_id: 'tidings_menu',
      options: [
        option('Why did I get this?', 'why:ntf_12'),
        option('Mute this thread', 'thread:ntf_12'),
        option('Mute this for me', 'me:ntf_12'),
      ],
    },
  });
});

test('of a thread whose name is too long for a value there is no menu', () => {
  const plain = renderActivity(aNotification(anActivity()));
  const has = (length: number) => withMenu(plain, { thread: 't'.repeat(length) }) !== plain;
  assert.deepEqual([has(138), has(139)], [true, false]);
});

test('a menu is where it is switched on: not on digests, and in direct messages without a thread to mute for others', async () => {
  await using asked = await startAsked();
  const { slack } = asked;
  const bot = (channel: string | null, hasMenu: boolean) =>
    slackDestination({
      name: 'team',
      token: new Secret(slack.token),
      channel,
      apiUrl: slack.url,
      hasMenu,
      perSecond: 0,
    });
  const mentions = [{ name: 'mona', ids: { slack: MONA.id } }];
  const single = (id: number) => ({ kind: 'single', notification: aNotification(anActivity(), id, mentions) }) as const;
  await bot('#releases', true).send(single(7), context);
  await bot('#releases', false).send(single(8), context);
  await bot(null, true).send(single(9), context);
  await bot('#releases', true).send(digest([anActivity(), anActivity()]), context);
  const values = slack.messages.map(({ payload }) => JSON.stringify(payload).match(/[a-z]+:ntf_\d/g));
  assert.deepEqual(values, [['why:ntf_7', 'thread:ntf_7', 'me:ntf_7'], null, ['why:ntf_9', 'me:ntf_9'], null]);
  assert.deepEqual(slack.violations, []);
});
