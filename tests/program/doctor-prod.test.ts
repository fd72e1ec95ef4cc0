import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { startGithubDouble } from '../doubles/github-double.ts';
import { startSlackDouble } from '../doubles/slack-double.ts';
import { dataDir } from '../support/data-dir.ts';
import { inProcess, serverInProcess } from '../support/in-process.ts';
import { freePort } from '../support/tidings-process.ts';

interface Finding {
  readonly name: string;
  readonly status: 'ok' | 'warn' | 'fail';
  readonly detail: string;
  readonly fix: string | null;
}

async function examine(args: readonly string[], path: string, env: Readonly<Record<string, string>>) {
  const { code, stdout } = await inProcess(['doctor', '--json', ...args], path, env);
  const findings = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Finding);
  return { code, found: new Map(findings.map((finding) => [finding.name, finding])) };
}

/** Answers everything with `answer`. */
async function server(status: number, body: string, headers: Readonly<Record<string, string>> = {}) {
  const http = createServer((_request, response) => response.writeHead(status, headers).end(body));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  return { url, [Symbol.asyncDispose]: () => new Promise<void>((resolve) => void http.close(() => resolve())) };
}

test('a deployed server that is well passes; what it lacks fails, each with its fix', async () => {
  await using dir = await dataDir();
  await using github = await startGithubDouble();
  await using slack = await startSlackDouble();
  const port = String(await freePort());
  const env = {
    PORT: port,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    GITHUB_API_URL: github.url,
    SLACK_WEBHOOK_URL: slack.webhookUrl(),
  };
  await using running = await serverInProcess('start', dir.path, { ...env, ADMIN_TOKEN: 'x', PUBLIC_URL: '' });
  const well = await examine(['--prod'], dir.path, env);
  assert.match(well.found.get('public address')?.detail ?? '', /\/webhooks\/github|in clear text/);
  assert.equal(well.found.get('public address')?.status, 'warn', 'http: only');
  assert.equal(well.found.get('clock')?.detail, "within 30 s of GitHub's");
  assert.equal(well.found.get('worker')?.status, 'ok');
  assert.equal(slack.messages.length, 0, 'it posts nothing');
  const failed = [...well.found.values()].filter(({ status }) => status === 'fail');
  assert.deepEqual([well.code, failed], [0, []]);
  await running.stop();

  const down = await examine(['--prod'], dir.path, { ...env, FLY_APP_NAME: 'tidings' });
  assert.equal(down.code, 1);
  for (const [name, detail] of [
    ['volume', /Fly\.io's own disk, not on a volume|inside a container/],
    ['host', /127\.0\.0\.1 only, which Fly\.io cannot reach/],
    ['receiver', /does not answer \(ECONNREFUSED\)/],
    ['worker', /none is running/],
    ['public address', /does not answer \(ECONNREFUSED\)/],
  ] as const) {
    const finding = down.found.get(name);
    assert.equal(finding?.status, 'fail', name);
    assert.match(finding.detail, detail);
    assert(finding.fix, name);
  }
  const atHome = await examine([], dir.path, { ...env, FLY_APP_NAME: 'tidings' });
  assert.deepEqual([atHome.code, atHome.found.has('public address')], [0, false], 'without --prod these are no faults');
});

test('a proxy that answers for us, a clock that is wrong and a missing address are found', async () => {
  await using dir = await dataDir();
  await using proxy = await server(404, 'not here');
  await using past = await server(200, '{}', { date: 'Mon, 23 Nov 2026 00:00:00 GMT' });
  const { found } = await examine(['--prod'], dir.path, { PUBLIC_URL: proxy.url, GITHUB_API_URL: past.url });
  assert.match(found.get('public address')?.detail ?? '', /answered by something else \(404\)/);
  assert.match(found.get('clock')?.detail ?? '', /^\d+ s (?:ahead of|behind) GitHub's$/);
  const nowhere = await examine(['--prod'], dir.path, { GITHUB_API_URL: past.url });
  assert.match(nowhere.found.get('public address')?.detail ?? '', /not set/);
});
