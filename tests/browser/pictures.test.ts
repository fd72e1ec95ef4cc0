import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import type { NewEvent } from '../../src/model/event.ts';
import { sample } from '../../src/sources/github/samples/sample.ts';
import { startSlackApi } from '../doubles/slack-api.ts';
import { openInbox } from '../support/data-dir.ts';
import { type Delivery, deliver, delivery, headersOf } from '../support/github.ts';
import { settled } from './house.ts';
import { endsOf, picture, stage } from './stage.ts';

// What docs/dashboard.md shows: `npm run pictures` draws it, of a day as a team may have it.

const isWanted = process.env['TIDINGS_PICTURES'] !== undefined;
const HOUR_MS = 3_600_000;
/** How many came in each hour, the oldest first. */
const DAY = [2, 1, 0, 1, 0, 0, 1, 3, 6, 9, 12, 8, 5, 9, 13, 11, 9, 6, 4, 2, 3, 5, 7, 4];
const KINDS = [
  'pull_request.opened',
  'push',
  'issues.opened',
  'issue_comment.created',
  'pull_request_review.submitted',
  'workflow_run.completed',
  'pull_request.merged',
  'star.created',
  'issues.closed',
];
/** What the first page of the list holds, the newest last, a few minutes from one to the next. */
const LAST = [
  'release.published',
  'push',
  'star.created',
  'issues.opened',
  'pull_request_review.submitted',
  'issue_comment.created',
  'pull_request.merged',
  'issues.opened',
  'pull_request.opened',
];
const REPOS = ['acme/api', 'acme/web', 'acme/api', 'acme/mobile', 'acme/docs'];
const PEOPLE = ['mona', 'hubot', 'mona', 'octocat', 'octocat'];

const DESTINATIONS = {
  team: { type: 'slack', token: '${BOT}', channel: '#team', per_second: 0 },
  releases: { type: 'slack', token: '${BOT}', channel: '#releases', per_second: 0 },
  'on-call': { type: 'slack', token: '${BOT}', channel: '#on-call', per_second: 0 },
};
const RULES = [
  { name: 'pull requests', on: { pull_request: ['opened', 'merged'], pull_request_review: ['submitted'] }, to: 'team' },
  { name: 'new issues', on: { issues: ['opened'] }, to: ['team', 'on-call'] },
  { name: 'releases', on: { release: ['published'] }, to: ['releases', 'team'] },
  { name: 'applause', on: { star: ['created'] }, to: 'team', repos: 'acme/api' },
];
const TESTS = [{ name: 'an opened issue reaches who is on call', event: 'issues.opened', expect: ['team', 'on-call'] }];

function made(name: string, n: number, at: number) {
  const found = sample(name, { n, now: at });
  assert(found, name);
  const text = JSON.stringify({
    ...found.payload,
    sender: { ...Object(found.payload['sender']), login: PEOPLE[n % 5] },
  });
  const body = Buffer.from(text.replaceAll('acme/api', REPOS[n % REPOS.length] ?? 'acme/api'));
  return delivery(found.type, {}, { body });
}

function came(sent: Delivery, at: number): NewEvent {
  const { type, guid, body } = sent;
  const common = { source: 'github', secretNo: 1, origin: 'webhook' } as const;
  return { ...common, deliveryId: guid, guid, type, headers: headersOf(sent), body, receivedAt: Math.round(at) };
}

async function yesterday(dir: string): Promise<void> {
  await using inbox = await openInbox(dir);
  const now = Date.now();
  const events: NewEvent[] = [];
  for (const [hour, count] of DAY.entries()) {
    for (let n = 0; n < count; n++) {
      const at = now - (DAY.length - hour) * HOUR_MS + ((n + 0.5) / count) * HOUR_MS;
      const index = events.length;
      events.push(came(made(KINDS[(index * 7 + hour) % KINDS.length] ?? 'push', index, at), at));
    }
  }
  for (const [n, name] of LAST.slice(0, -1).entries()) {
    const at = now - (LAST.length - n) ** 1.6 * 90_000;
    events.push(came(made(name, 500 + n, at), at));
  }
  await Promise.all(events.map((event) => inbox.append(event)));
}

/** All of it was told just now: so it is counted where it would have been. */
function toldInTime(dir: string): void {
  const database = new DatabaseSync(join(dir, 'tidings.db'));
  database.exec("UPDATE hours SET count = 8 WHERE what = 'told' AND count > 8");
  database.close();
}

async function aDay(t: TestContext) {
  const channels = [
    { id: 'C0000001', name: 'team' },
    { id: 'C0000002', name: 'releases' },
    { id: 'C0000003', name: 'on-call', isMember: false },
  ];
  const slack = await startSlackApi({ channels, scopes: ['chat:write', 'channels:read'], intervalMs: 0 });
  endsOf(t).defer(() => slack.close());
  const config = { destinations: DESTINATIONS, rules: RULES, tests: TESTS };
  const place = await stage(t, config, { BOT: slack.token, SLACK_API_URL: slack.url }, yesterday);
  const newest = made(LAST.at(-1) ?? '', 500 + LAST.length, Date.now());
  assert.equal((await deliver(place.url, newest)).status, 200);
  await settled(place.url);
  toldInTime(place.dir);
  return place;
}

const SIZE = { width: 1_080, height: 650 };

test('a picture of the first minute', { skip: !isWanted }, async (t) => {
  const { open, send } = await stage(t, null);
  await send('pull_request.opened');
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await open({ colorScheme, deviceScaleFactor: 1.25, viewport: SIZE });
    await page.goto('/setup');
    await picture(page, `setup-${colorScheme}`);
  }
});

test('pictures of a day', { skip: !isWanted }, async (t) => {
  const { url, open } = await aDay(t);
  assert.ok(url);
  for (const theme of ['light', 'dark'] as const) {
    const page = await open({
      colorScheme: theme,
      reducedMotion: 'reduce',
      deviceScaleFactor: 1.25,
      viewport: SIZE,
      timezoneId: 'Europe/Berlin',
    });
    const take = async (name: string, path: string, first?: () => Promise<void>) => {
      await page.setViewportSize(SIZE);
      await page.goto(path);
      await first?.();
      await page.evaluate('document.fonts.ready');
      await picture(page, `${name}-${theme}`);
    };
    await take('inbox', '/');
    await take('event', '/?q=type%3Apull_request', async () => {
      await page.getByRole('row').filter({ hasText: 'pull_request.opened' }).getByRole('link').first().click();
      await page.waitForURL(/\/events\/\d+/);
      // As far as what was said.
      const end = await page.evaluate<number>(
        'document.querySelector(".message").getBoundingClientRect().bottom + scrollY',
      );
      await page.setViewportSize({ ...SIZE, height: Math.ceil(end) + 36 });
    });
    await take('problems', '/problems');
    await take('destinations', '/destinations');
    await take('rules', '/rules', async () => {
      const text = page.getByLabel('Text of tidings.yaml');
      await text.fill(
        (await text.inputValue())
          .replace('- opened\n        - merged', '- merged')
          .replace('repos: acme/api', 'repos: acme/web'),
      );
      await page.getByRole('button', { name: 'Backtest' }).click();
      await page.locator('#backtest .notice').waitFor();
      await page.evaluate(
        'scrollTo(0, document.querySelector("#backtest").getBoundingClientRect().top + scrollY - 330)',
      );
    });
  }
});
