import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderCard } from '../../src/destinations/slack/cards/render-card.ts';
import { heardOf, mergedHeard } from '../../src/model/known/facts.ts';
import { know } from '../../src/sources/github/know/know.ts';
import { contentOf } from '../doubles/slack/chat.ts';
import { githubExamples } from '../fixtures/github-examples.ts';
import { githubLife } from '../fixtures/github-life.ts';
import { share, tried } from '../support/long-form.ts';
import { HOSTILE, LONG } from './hostile.ts';

/** What is no text for people, or what a fact is found by. */
const NOT_WRITTEN = /^(?:.*_at|date|timestamp|sha|head_sha|full_name)$/;

/** Every text in it is this one. */
function filled(value: unknown, text: string, key = ''): unknown {
  if (typeof value === 'string') return NOT_WRITTEN.test(key) ? value : text;
  if (Array.isArray(value)) return value.map((each) => filled(each, text, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, filled(each, text, name)]));
}

function cardsOf(events: readonly { readonly type: string; readonly payload: unknown }[]) {
  const heard = mergedHeard(
    events.flatMap(({ type, payload }, n) => heardOf(know(type, payload), { id: n + 1, receivedAt: 9e12 })),
  );
  const subjects = new Map(heard.map((each) => [each.thread, { ...each, version: 1 }]));
  return [...subjects.values()].map((subject) => {
    const checks = subjects.get(String(subject.facts['checks']?.value)) ?? null;
    return renderCard({ thread: subject.thread, subject, checks });
  });
}

test('whatever stands in each field of an event, its card is one that Slack takes, and calls nobody', (t) => {
  const isMine = share(t, 6);
  const events = [...githubExamples(), ...githubLife(1).events].filter(
    ({ type, payload }) => know(type, payload).length > 0,
  );
  let count = 0;
  for (const text of [...HOSTILE, ...LONG].filter((_, n) => isMine(n))) {
    // One that opens or closes keeps its word for that; its texts are as hostile as others'.
    const spoilt = events.map(({ type, payload }) => ({
      type,
      payload: { ...(filled(payload, text) as object), action: payload['action'] },
    }));
    for (const card of [...cardsOf(spoilt), ...spoilt.slice(0, 40).flatMap((one) => cardsOf([one]))]) {
      count++;
      const taken = contentOf({ ...card });
      assert.ok(!('ok' in taken), `${JSON.stringify(taken)} for ${JSON.stringify(card).slice(0, 1_000)}`);
      assert.ok(card.text !== '' && card.blocks.length <= 5);
      const said = JSON.stringify(card);
      assert.doesNotMatch(said, /<[!@#]|<https?:\/\/evil\.test[^>]*\|https:\/\/github\.com/);
      assert.doesNotMatch(said, /[\u202a-\u202e\u2066-\u2069]/);
    }
  }
  tried(t, count, 'hostile cards');
});

test('of ten thousand checks and reviewers a card shows a few, and what is kept of them stays small', () => {
  const run = (n: number) => ({
    type: 'check_run',
    payload: {
      action: 'completed',
      repository: { full_name: 'acme/api' },
      check_run: {
        head_sha: 'f00d',
        name: `check ${n} ${'<!here>'.repeat(10)}`,
        status: 'completed',
        conclusion: n % 2 === 0 ? 'failure' : 'success',
        completed_at: new Date(Date.UTC(2026, 0, 1) + n * 1_000).toISOString(),
      },
    },
  });
  const review = (n: number) => ({
    type: 'pull_request_review',
    payload: {
      action: 'submitted',
      repository: { full_name: 'acme/api' },
      pull_request: { number: 7, head: { sha: 'f00d' }, user: { login: 'octocat' }, title: 'x', state: 'open' },
      review: {
        state: 'approved',
        user: { login: `user-${n}` },
        submitted_at: new Date(Date.UTC(2026, 0, 1) + n * 1_000).toISOString(),
      },
    },
  });
  const numbers = Array.from({ length: 10_000 }, (_, n) => n);
  const [card] = cardsOf([...numbers.map(review), ...numbers.map(run)]);
  assert.ok(card && !('ok' in contentOf({ ...card })));
  assert.ok(JSON.stringify(card).length < 8_000);
});
