/**
 * Draws docs/card.png, docs/thread.png, docs/reminder.png and docs/why.png: what Tidings posts to Slack's double of the tests, shown about as Slack
 * does. `CHROMIUM=/usr/bin/chromium node scripts/pictures.ts`, or only `… card why`; with the fonts Lato and Noto Color Emoji.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fewerColors } from './pictures/fewer-colors.ts';
import { asked, recorded, type Standing, shown } from './pictures/recorded.ts';
import { type Page, slackPage } from './pictures/slack-page.ts';
import { aMorning, aReviewAsked, aWeek } from './pictures/story.ts';

const CHROMIUM = process.env['CHROMIUM'] ?? 'chromium';
const WIDTH = 660;
const RULES = [{ name: 'pulls', on: ['pull_request', 'pull_request_review', 'issue_comment'] }];
const CHANNEL = { title: '# team-api', width: WIDTH };

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a message that the picture needs was not posted');
  return value;
}

function cardPage(standing: readonly Standing[]): Page {
  const times = [
    ['Yesterday at 4:12 PM', 'yesterday at 5:20 PM'],
    ['9:14 AM', '10:02 AM'],
    ['11:41 AM', '2 minutes ago'],
  ];
  const messages = standing.map(({ first, replies }, index) => {
    const [time = '', last = ''] = times[index] ?? [];
    return shown(first, time, { replies: { count: replies.length, last } });
  });
  return { ...CHANNEL, subtitle: '· one message for each pull request', messages };
}

function threadPage({ first, replies }: Standing): Page {
  const times = ['11:41 AM', '12:39 PM', '1:08 PM', '1:21 PM', '1:43 PM'];
  const messages = [first, ...replies].map((message, index) => shown(message, times[Math.max(0, index - 1)] ?? ''));
  return { title: 'Thread', subtitle: '# team-api', width: WIDTH, messages, isThread: true };
}

function reminderPage({ first, replies }: Standing): Page {
  const messages = [first, ...replies].map((message) => shown(message, '9:30 AM'));
  return { title: 'Thread', subtitle: '# team-api', width: WIDTH, messages, isThread: true };
}

function draw(name: string, page: Page): void {
  const dir = mkdtempSync(join(tmpdir(), 'tidings-picture-'));
  try {
    const html = join(dir, 'page.html');
    const measure = '<script>document.title = document.documentElement.offsetHeight</script>';
    writeFileSync(html, slackPage(page) + measure);
    const chromium = (...args: readonly string[]) =>
      execFileSync(
        CHROMIUM,
        [
          '--headless',
          '--no-sandbox',
          '--hide-scrollbars',
          '--disable-lcd-text',
          `--user-data-dir=${dir}`,
          ...args,
          html,
        ],
        {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        },
      );
    const size = (height: number) => `--window-size=${page.width},${height}`;
    const height = Number(/<title>(\d+)/.exec(chromium(size(200), '--dump-dom'))?.[1]);
    const target = fileURLToPath(new URL(`../docs/${name}.png`, import.meta.url));
    chromium(size(height), '--force-device-scale-factor=2', `--screenshot=${target}`);
    writeFileSync(target, fewerColors(readFileSync(target)));
  } finally {
    rmSync(dir, { recursive: true });
  }
}

async function whyPage(now: number): Promise<Page> {
  const rules = [
    { name: 'web', on: 'pull_request', repos: 'acme/web', to: 'team' },
    { name: 'reviews', on: { pull_request: ['review_requested', 'opened'] }, to: 'team', mention: 'asked' },
  ];
  const [message, answer] = await asked(aReviewAsked(now), { rules });
  const messages = [shown(message, '11:41 AM'), shown(answer, '11:43 AM', { isWhisper: true })];
  return { ...CHANNEL, subtitle: '· the ⋯ menu answers who asks, and nobody else', messages };
}

async function remindPage(now: number): Promise<Page> {
  const at = new Date(now - 60_000).toISOString().slice(11, 16);
  const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
  const reminders = { morning: { at, zone: 'UTC', days, to: 'team', thread: true } };
  return reminderPage(found((await recorded(aWeek(now), { rules: [{ on: 'push' }] }, reminders)).at(-1)));
}

const now = Date.now();
const cards = () => recorded(aMorning(now), { rules: RULES });
const PICTURES = {
  card: async () => cardPage(await cards()),
  thread: async () => threadPage(found((await cards()).at(-1))),
  reminder: () => remindPage(now),
  why: () => whyPage(now),
};
const wanted = process.argv.slice(2);
for (const [name, page] of Object.entries(PICTURES)) {
  if (wanted.length === 0 || wanted.includes(name)) draw(name, await page());
}
