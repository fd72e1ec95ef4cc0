import { parseArgs } from 'node:util';
import { sample } from '../src/sources/github/samples/sample.ts';
import { startEndpointDouble } from '../tests/doubles/endpoint-double.ts';
import { startGithubDouble } from '../tests/doubles/github-double.ts';
import { configure, dataDir } from '../tests/support/data-dir.ts';
import { deliver, delivery } from '../tests/support/github.ts';
import { runExample, runServer } from '../tests/support/tidings-process.ts';

// npx node scripts/time-lapse.ts                        the table of docs/polling-against-push.md, in a minute and a half
// npx node scripts/time-lapse.ts --interval 30 --scale 1   in real time, a quarter of an hour
//
// One GitHub (a double on this machine), in which issues are opened at random times. examples/polling-cost.ts asks it,
// plainly and with ETag; at each issue the double also calls a real `tidings start`, which tells an HTTP endpoint. Both are
// timed from the opening: until polling-cost printed it, and until the endpoint was told.

const { values } = parseArgs({
  options: {
    interval: { type: 'string', default: '3' },
    scale: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '30' },
    issues: { type: 'string', default: '8' },
  },
});
const interval = Number(values.interval);
const scale = Number(values.scale);
const rounds = Number(values.rounds);
const count = Number(values.issues);
const TOKEN = 'a-token';
const REPO = 'acme/api';

await using dir = await dataDir();
await using endpoint = await startEndpointDouble();
await configure(dir.path, {
  destinations: { team: { type: 'http', url: endpoint.url } },
  rules: [{ name: 'all', on: { issues: ['opened'] }, to: 'team' }],
});
await using github = await startGithubDouble({ token: TOKEN });
const issues: { number: number; title: string; created_at: string }[] = [];
github.list(`/repos/${REPO}/issues`, () => issues);
await using tidings = await runServer('start', dir.path);

const pushed: number[] = [];
const openedAt = new Map<string, number>();
endpoint.onTold = () => {
  const title = endpoint.told.at(-1)?.title ?? '';
  pushed.push(performance.now() - (openedAt.get(title) ?? Number.NaN));
};

const args = [REPO, '--interval', String(interval), '--rounds', String(rounds)];
await using polling = await runExample('polling-cost', dir.path, args, {
  GITHUB_API_URL: github.url,
  GITHUB_TOKEN: TOKEN,
});
// Both have asked for the first time: what is opened from here on is news.
await github.waitFor((all) => all.length === 2);
const spanMs = rounds * interval * 1000;
const calls = randomTimes(count, spanMs - interval * 1000).map((ms, index) => openLater(index + 1, ms));
const code = await polling.ended;
await Promise.all(calls);
if (code !== 0 || pushed.length !== count) throw new Error(`it went wrong:\n${polling.output.stderr}`);
print(polling.output.stdout);

/** Spread evenly over the whole, at random within. */
function randomTimes(count: number, spanMs: number): number[] {
  return Array.from({ length: count }, (_, index) => ((index + Math.random()) / count) * spanMs);
}

function openLater(number: number, afterMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    setTimeout(() => {
      const title = `Issue ${number}`;
      openedAt.set(title, performance.now());
      // GitHub gives whole seconds. Here it is exact, or a tenth of the real interval could not be measured.
      issues.unshift({ number, title, created_at: new Date().toISOString() });
      const { payload } = sample('issues.opened', { n: number, now: Date.now() }) ?? {};
      const issue = { ...(payload?.['issue'] as object), number, title };
      deliver(tidings.url, delivery('issues', { ...payload, issue })).then(() => resolve(), reject);
    }, afterMs);
  });
}

function print(report: string): void {
  const figure = (title: string, label: string) =>
    new RegExp(`${title}\\n[^]*?${label} +([\\d.]+)`).exec(report)?.[1] ?? '?';
  const both = (label: string) => [figure('Asked plainly', label), figure('Asked with ETag', label)];
  const scaled = (label: string) => both(label).map((seconds) => `${(Number(seconds) * scale).toFixed(0)} s`);
  const sorted = pushed.toSorted((a, b) => a - b);
  const mean = sorted.reduce((sum, ms) => sum + ms, 0) / sorted.length;
  const real = interval * scale;
  const minutes = (spanMs * scale) / 60_000;
  const row = (...cells: readonly string[]) => console.log(`| ${cells.join(' | ')} |`);
  console.log(`${count} issues in ${minutes} minutes (measured in ${spanMs / 1000} s, polling scaled by ${scale}):\n`);
  row('', `polling every ${real} s`, 'the same with ETag', 'push');
  row('---', '--:', '--:', '--:');
  row('requests', String(rounds), String(rounds), String(pushed.length));
  row('of these, brought nothing new', ...both('had nothing new').map((part) => `${part} %`), '0 %');
  row('counted by the rate limit', ...both('counted by the rate limit').map((part) => `${part} %`), 'none');
  row('requests a day', ...Array.from({ length: 2 }, () => (86_400 / real).toLocaleString('en-US')), 'one an event');
  row('average delay', ...scaled('average delay'), `${mean.toFixed(0)} ms`);
  row('worst delay', ...scaled('worst delay'), `${sorted.at(-1)?.toFixed(0)} ms`);
}
