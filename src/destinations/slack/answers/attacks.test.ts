import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KnownBlock } from '@slack/types';
import { HOME, MONA } from '../../../../tests/doubles/slack/asking.ts';
import { HOSTILE, LONG } from '../../../../tests/golden/hostile.ts';
import { share, tried } from '../../../../tests/support/long-form.ts';
import { LINK, startAnswering, WHY } from '../../../../tests/support/slack-answering.ts';
import type { Why } from '../../../model/desk.ts';
import { askIn } from './ask.ts';
import { withMenu } from './menu.ts';

const BOT = '<@U0000001>';
const user = MONA.id;
const CALLS = /<[!@#]|<https?:\/\/evil\.test[^>]*\|https:\/\/good\.test/;
const TURNS = /[\u202a-\u202e\u2066-\u2069]/;

test('whatever stands in what is known, answers and the Home are what Slack takes, call nobody and turn no text', async (t) => {
  const isMine = share(t, 2);
  const texts = [...HOSTILE, ...LONG].filter((_, n) => isMine(n));
  for (const text of texts) {
    const why: Why = {
      ...WHY,
      said: text,
      lines: [text, `saw ${text}`],
      thread: text,
      url: `https://good.test/${text}`,
    };
    const waits = { thread: text, name: text, url: text, since: 0, what: 'review' } as const;
    const mute = { thread: text || 'x', whom: 'team', until: null, by: text, at: 0 };
    await using there = await startAnswering({
      whyOf: async () => [why, why],
      threadOf: async () => text || 'x',
      status: async () => [text],
      waiting: async () => [waits],
      muted: async () => [mute],
    });
    const { slack, send } = there;
    for (const asked of [`why ${LINK}`, `mute ${LINK}`, `unmute ${LINK}`, 'list', 'status', text, `mute ${text}`]) {
      const outcome = await send(slack.people.command({ channel: HOME, user, text: asked }));
      assert.equal(outcome?.kind, 'sent', asked.slice(0, 80));
    }
    assert.equal((await send(slack.people.openHome(user)))?.kind, 'sent');
    // Values are looked up, and shown to nobody.
    const all = [slack.workspace.ephemerals, slack.workspace.views.get(user)?.view];
    const shown = JSON.stringify(all, (key, value) => (key === 'value' ? undefined : value));
    assert.doesNotMatch(shown, CALLS);
    assert.doesNotMatch(shown, TURNS);
    assert.deepEqual(slack.violations, [], JSON.stringify(text.slice(0, 80)));
  }
  tried(t, texts.length, 'hostile texts');
});

test('a mention that mentions others calls nobody, and 100 kB of it are one short answer', async () => {
  const asked: string[] = [];
  await using there = await startAnswering({ whyOf: async (link) => (asked.push(link), []) });
  const { slack, send, seen } = there;
  for (const text of [
    `${BOT} ${BOT} <!channel> why <${LINK}>`,
    `${BOT} <@U0000003> <!subteam^S1|@all>`,
    `${BOT} why ${LINK}?${'x'.repeat(100_000)}`,
    `${BOT} ${`why ${LINK} `.repeat(2_500)}`,
    `${BOT} ${'<'.repeat(100_000)}`,
  ]) {
    const { deliveries } = slack.people.say({ channel: HOME, user, text });
    const before = slack.workspace.ephemerals.length;
    for (const each of deliveries) await send(each);
    assert.equal(slack.workspace.ephemerals.length, before + 1, text.slice(0, 60));
    const said = seen().at(-1) ?? '';
    assert.doesNotMatch(said, /<[!@]/);
    assert.ok(said.length < 1_000, String(said.length));
  }
  assert.ok(asked.every((link) => link.length <= 4_000));
  assert.deepEqual(slack.violations, []);
});

test('a card is asked about by whatever its thread is called, or has no menu', () => {
  const card = { text: 'card', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'card' } }] as KnownBlock[] };
  const named = (thread: string): KnownBlock | undefined => withMenu(card, { thread }).blocks[0];
  for (const thread of ['a:b', 'ntf_12', 'card_x', 'why:ntf_1', 'a\nb', '"&<!here>', '💥#1', ' ', 'acme/api!7']) {
    const block = named(thread);
    assert(block?.type === 'section' && block.accessory?.type === 'overflow', thread);
    const { action_id, options } = block.accessory;
    for (const selected_option of options) {
      const action = { action_id, selected_option };
      const body = Buffer.from(JSON.stringify({ type: 'block_actions', channel: { id: HOME }, actions: [action] }));
      const wanted = askIn({ type: 'block_actions', body })?.wanted;
      assert(wanted?.kind === 'choice');
      assert.deepEqual(wanted.about, { thread });
    }
  }
  const long = named('x'.repeat(200));
  assert.equal(long?.type === 'section' && long.accessory, undefined);
});

test('asked to wait, or broken, while who asks is looked up: nothing is done until Slack says it', async () => {
  for (const [failure, pause] of [
    [{ status: 429, error: 'ratelimited', retryAfter: 7 }, 7_000],
    [{ status: 500, error: 'internal_error' }, undefined],
  ] as const) {
    await using there = await startAnswering();
    const { slack, send, tell, mutes, seen, noted } = there;
    const ts = await tell();
    const click = slack.people.press({ channel: HOME, user, ts, actionId: 'tidings_menu', option: 'Mute this thread' });
    slack.failNext('users.info', failure);
    const outcome = await send(click);
    assert(outcome?.kind === 'retry');
    if (pause !== undefined) assert.equal(outcome.retryAfterMs, pause);
    assert.deepEqual([mutes, seen(), noted], [[], [], []]);
    assert.equal((await send(click, { tries: 1 }))?.kind, 'sent');
    assert.equal(mutes.length, 1);
  }
});
