import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type GithubDouble, startGithubDouble } from '../doubles/github-double.ts';
import { dataDir } from '../support/data-dir.ts';
import { runExample } from '../support/tidings-process.ts';

const TOKEN = 'a-token';
const INTERVAL_S = 0.5;

function poll(github: GithubDouble, dir: string, args: readonly string[] = []) {
  const env = { GITHUB_API_URL: github.url, GITHUB_TOKEN: TOKEN };
  return runExample('polling-cost', dir, ['acme/api', '--interval', String(INTERVAL_S), ...args], env);
}

/** `label  value` below a title. */
function figure(output: string, title: string, label: string): string {
  const block = output.slice(output.indexOf(title)).split('\n\n')[0] ?? '';
  return new RegExp(`^ {2}${label} +(.*)$`, 'm').exec(block)?.[1] ?? `no ${label} in ${output}`;
}

test('polling-cost reckons right: five rounds, an issue in the second, two in the fourth', async () => {
  await using dir = await dataDir();
  await using github = await startGithubDouble({ token: TOKEN });
  const issues = [{ number: 6, title: 'Old', created_at: '2024-01-01T00:00:00Z' }];
  const open = (number: number, secondsAgo: number) => {
    const created_at = new Date(Date.now() - secondsAgo * 1000);
    issues.unshift({ number, title: `Issue ${number}`, created_at: created_at.toISOString() });
  };
  github.list('/repos/acme/api/issues', () => issues);
  await using example = await poll(github, dir.path, ['--rounds', '5']);
  // Two requests before the first round, two in each.
  await github.waitFor((all) => all.length === 4);
  open(7, 6);
  await github.waitFor((all) => all.length === 8);
  open(8, 3);
  open(9, 1);
  assert.equal(await example.ended, 0, example.output.stderr);

  const { stdout } = example.output;
  const { requests } = github;
  assert.deepEqual(
    requests.map(({ status }) => status),
    [200, 200, 200, 304, 200, 200, 200, 304, 200, 200, 200, 304],
  );
  assert.doesNotMatch(stdout, /#6/, 'what is there already is no news');
  assert.equal(stdout.match(/#7 Issue 7, opened \d+\.\d s ago/g)?.length, 2);
  for (const title of ['Asked plainly', 'Asked with ETag']) {
    const of = (label: string) => figure(stdout, title, label);
    // What it printed of each issue is what it reckons with.
    const label = title === 'Asked plainly' ? 'plain' : 'ETag ';
    const lines = stdout.split('\n').filter((line) => line.startsWith(label));
    const delays = lines.flatMap((line) =>
      [...line.matchAll(/opened ([\d.]+) s ago/g)].map(([, each]) => Number(each)),
    );
    assert.equal(delays.length, 3);
    const near = (figure: string, wanted: number) =>
      assert.ok(
        Math.abs(Number.parseFloat(of(figure)) - wanted) <= 0.11,
        `${title}, ${figure}: ${of(figure)}, not ${wanted}`,
      );
    near('average delay', delays.reduce((sum, delay) => sum + delay) / 3);
    near('worst delay', Math.max(...delays));
    assert.match(of('average delay'), /\(half the interval is 0\.25 s\)$/);
    assert.equal(of('requests a day'), '172800');
    assert.equal(of('had nothing new'), '60.0 %');
  }
  const both = (label: string) => [figure(stdout, 'Asked plainly', label), figure(stdout, 'Asked with ETag', label)];
  assert.deepEqual(both('had no body \\(304\\)'), ['0.0 %', '60.0 %']);
  assert.deepEqual(both('counted by the rate limit'), ['100.0 %', '40.0 %']);
  // 7,200 requests an hour of 5,000.
  assert.deepEqual(both('of the hourly limit'), [
    '144.0 % for 1 repository, 1440.0 % for 10, 14400.0 % for 100',
    '57.6 % for 1 repository, 576.0 % for 10, 5760.0 % for 100',
  ]);
});

test('polling-cost ends with what GitHub said when there is no such repository, or the limit is used up', async () => {
  await using dir = await dataDir();
  await using github = await startGithubDouble({ token: TOKEN });
  await using missing = await poll(github, dir.path);
  assert.equal(await missing.ended, 1);
  assert.match(missing.output.stderr, /^GitHub answered 404: .*Not Found.*\n$/);

  github.list('/repos/acme/api/issues', () => []);
  github.rate.used = github.rate.limit;
  await using limited = await poll(github, dir.path);
  assert.equal(await limited.ended, 1);
  assert.match(limited.output.stderr, /^GitHub answered 403: .*rate limit exceeded.*\n$/);
  assert.equal(github.requests.length, 2, 'no loop');
});
