import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withOwnSource } from '../../src/jobs/remind/own-source.ts';
import type { Inquiry } from '../../src/model/inquiry.ts';
import { NOBODY } from '../../src/model/rule.ts';
import { withOwnRules } from '../../src/route/remind/own-rules.ts';
import { createRoute } from '../../src/route/route.ts';
import { type Clock, systemClock } from '../../src/shared/clock.ts';
import { knowListed } from '../../src/sources/github/know/listed.ts';
import { aReminder } from '../fixtures/reminders.ts';
import { aRule } from '../fixtures/rules.ts';
import { Workshop } from './workshop.ts';

const HALF_PAST_NINE = Date.UTC(2026, 0, 15, 9, 30);

/** Open since before anything came, and mona asked for a review since then. */
const PULL = {
  number: 12,
  state: 'open',
  draft: false,
  title: 'Retry uploads',
  user: { login: 'octo' },
  created_at: '2026-01-12T09:30:00Z',
  updated_at: '2026-01-14T09:30:00Z',
  requested_reviewers: [{ login: 'mona' }],
  requested_teams: [],
  base: { ref: 'main', repo: { full_name: 'acme/api' } },
};
const ASKED = { event: 'review_requested', created_at: '2026-01-13T09:29:59Z', requested_reviewer: { login: 'mona' } };

test('what was open before the first event is asked for once, and no failure keeps a reminder from being said', async (t) => {
  let ahead = HALF_PAST_NINE - 30_000 - systemClock.now();
  const clock: Clock = { ...systemClock, now: () => systemClock.now() + ahead };
  const shop = await Workshop.open(t, clock);
  const inbox = await shop.inbox();
  const team = shop.destination('team');
  const rule = aRule('reminder team', { pull_request: {} }, { repos: ['acme/api', 'acme/gone'] });
  const reminder = aReminder({ rule });
  const asked: string[] = [];
  const nothing = async () => ({ ok: true as const, value: [] });
  const inquiry: Inquiry = {
    changedFiles: nothing,
    details: nothing,
    open: {
      repoOf: () => null,
      ask: async (repo) => {
        asked.push(repo);
        if (repo === 'acme/gone') return { ok: false, reason: 'GitHub answered 404: Not Found', mayPass: false };
        return { ok: true, value: knowListed(PULL, [ASKED]) };
      },
    },
  };
  const options = {
    reminders: [reminder],
    directory: NOBODY,
    inquiries: new Map([['github', inquiry]]),
    sources: withOwnSource(new Map()),
    route: withOwnRules(createRoute([]), { reminders: [reminder], rules: [] }, NOBODY),
    timing: { renewMs: 10 },
  };
  const first = shop.worker(inbox, [team], { ...options, owner: 'first' });
  await shop.until(() => shop.said(/learned what is open in acme\/api/) && shop.said(/acme\/gone .*404/));
  await first.stop();
  ahead += 31_000;
  const second = shop.worker(inbox, [team], { ...options, owner: 'second' });
  await shop.settled(1, 'team');
  const [told] = team.sends.flatMap(({ message }) => (message.kind === 'single' ? [message.notification] : []));
  assert.match(told?.activity.said.excerpt ?? '', /Retry uploads: waits 2 days for a review by mona$/);
  await shop.until(() => asked.length === 3);
  assert.deepEqual(asked.toSorted(), ['acme/api', 'acme/gone', 'acme/gone'], 'what was had is not asked for again');
  await second.stop();
});
