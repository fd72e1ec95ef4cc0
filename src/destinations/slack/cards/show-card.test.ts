import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Asked, HOME, startAsked } from '../../../../tests/doubles/slack/asking.ts';
import { MOMENTS } from '../../../../tests/doubles/slack/lost-answers.ts';
import { knownOf } from '../../../../tests/fixtures/known.ts';
import type { CardView, Receipt } from '../../../model/destination.ts';
import { Secret } from '../../../shared/secret.ts';
import { readBack } from '../bot/read-back.ts';
import { slackCards } from './show-card.ts';

function rackOf({ slack, clock }: Asked, { channel = '#releases', token = slack.token } = {}) {
  const secret = new Secret(token);
  const api = { token: secret, apiUrl: slack.url, clock };
  const rack = slackCards({ ...api, name: 'team', channel, isPaced: true, timeoutMs: 5_000, readBack: readBack(api) });
  const context = { signal: new AbortController().signal };
  const show = (view: Partial<CardView> & { readonly title?: string } = {}) => rack.show(viewOf(view), context);
  const stand = async () => {
    const shown = await show();
    assert(shown.kind === 'sent' && shown.receipt !== undefined);
    return shown.receipt;
  };
  return { rack, show, stand };
}

function viewOf({ title = 'Uploads fail', ...view }: Partial<CardView> & { readonly title?: string }): CardView {
  const thread = 'acme/api#12';
  const subject = knownOf(thread, { title, state: 'open' });
  return { thread, subject, checks: null, receipt: null, posts: 1, ...view };
}

function standing({ slack }: Asked) {
  return slack.workspace.messages.inChannel(HOME);
}

test('a card is posted once and edited in place, with text and blocks; its metadata names nothing', async () => {
  await using asked = await startAsked();
  const { show, stand } = rackOf(asked);
  const receipt = await stand();
  assert.deepEqual(await show({ receipt, title: 'Uploads work' }), { kind: 'sent', answer: '200 ok', receipt });
  const [card, ...others] = standing(asked);
  assert.deepEqual(others, []);
  assert.equal(card?.text, 'Open: Uploads work');
  assert.match(JSON.stringify(card?.blocks), /Uploads work/);
  assert.equal(card?.isEdited, false);
  assert.equal(card?.metadata?.event_type, 'tidings_card');
  assert.doesNotMatch(JSON.stringify(card?.metadata), /acme|12"/);
  assert.deepEqual(asked.slack.violations, []);
});

test('what looks the same has one hash, of at most 100 characters', async () => {
  await using asked = await startAsked();
  const { rack } = rackOf(asked);
  assert.equal(rack.hash(viewOf({})), rack.hash(viewOf({ posts: 2 })));
  assert.notEqual(rack.hash(viewOf({})), rack.hash(viewOf({ title: 'Uploads work' })));
  assert.ok(rack.hash(viewOf({})).length <= 100);
});

for (const moment of MOMENTS) {
  test(`a card whose answer is cut off at "${moment}" stands once after the next try, and shows the newest`, async () => {
    await using asked = await startAsked();
    const { show } = rackOf(asked);
    asked.slack.cutNext('chat.postMessage', moment);
    const first = await show();
    assert.match(first.kind, /^(?:unknown|retry)$/);
    const second = await show({ title: 'Uploads work' });
    assert.equal(second.kind, 'sent');
    assert.deepEqual(
      standing(asked).map(({ text }) => text),
      ['Open: Uploads work'],
    );
  });
}

test('each message that takes its place has a key of its own', async () => {
  await using asked = await startAsked();
  const { show, stand } = rackOf(asked);
  const { ts } = await stand();
  asked.slack.remove(String(ts));
  assert.equal((await show()).kind, 'gone');
  assert.equal((await show({ posts: 2 })).kind, 'sent');
  assert.equal(standing(asked).length, 1);
});

/** What happens to a card that stands → what an edit of it is told, and why. */
const FATES: readonly (readonly [string, (asked: Asked, receipt: Receipt) => unknown, kind: string, why: RegExp])[] = [
  ['deleted', ({ slack }, { ts }) => slack.remove(String(ts)), 'gone', /message_not_found/],
  [
    'deleted, with replies below it',
    async ({ slack, post }, { ts }) => {
      await post({ thread_ts: ts });
      slack.remove(String(ts));
    },
    'gone',
    /cant_update_message/,
  ],
  ['in a channel that was archived', ({ slack }) => slack.people.archive(HOME), 'broken', /archived \(is_inactive\)/],
  [
    'of an app that was uninstalled',
    ({ slack }) => slack.people.revoke('token_revoked'),
    'broken',
    /token_revoked|account_inactive/,
  ],
  ['told to slow down', ({ slack }) => slack.spend('chat.update', 50), 'retry', /slow down/],
];
for (const [fate, happens, kind, why] of FATES) {
  test(`a card that is ${fate}: ${kind}`, async () => {
    await using asked = await startAsked(fate.startsWith('told') ? { intervalMs: 1_000 } : {});
    const { show, stand } = rackOf(asked);
    const receipt = await stand();
    await happens(asked, receipt);
    const outcome = await show({ receipt, title: 'later' });
    assert.equal(outcome.kind, kind);
    assert.match(outcome.kind === 'sent' ? '' : outcome.reason, why);
  });
}

for (const [code, kind] of Object.entries({
  not_in_channel: 'broken',
  channel_not_found: 'broken',
  is_archived: 'broken',
  account_inactive: 'broken',
  edit_window_closed: 'rejected',
  invalid_blocks: 'rejected',
  internal_error: 'retry',
})) {
  test(`an edit that is refused with ${code}: ${kind}`, async () => {
    await using asked = await startAsked();
    const { show, stand } = rackOf(asked);
    const receipt = await stand();
    asked.slack.failNext('chat.update', { error: code });
    const outcome = await show({ receipt, title: 'later' });
    assert.equal(outcome.kind, kind);
    assert.match(outcome.kind === 'sent' ? '' : outcome.reason, new RegExp(code));
  });
}

test('edits share the limits of their app, whatever the channel; without a pace they have none', async () => {
  await using asked = await startAsked();
  const [one, other] = [rackOf(asked), rackOf(asked, { channel: '#private' })];
  const others = rackOf(asked, { token: asked.slack.otherToken });
  assert.equal(one.rack.edits?.rateKey, other.rack.edits?.rateKey);
  assert.notEqual(one.rack.edits?.rateKey, others.rack.edits?.rateKey);
  assert.ok(60_000 / (one.rack.edits?.intervalMs ?? 0) <= 50);
});
