import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { startEndpointDouble, type Told } from '../doubles/endpoint-double.ts';
import { type GithubDouble, startGithubDouble } from '../doubles/github-double.ts';
import { createGithubHooks, type GithubHooks } from '../doubles/github-hooks.ts';
import { allEvents, configure, dataDir, drained, openInbox, records } from '../support/data-dir.ts';
import { inProcess, serverInProcess } from '../support/in-process.ts';
import { issueOpened } from '../support/payloads.ts';
import { freePort, SECRET } from '../support/tidings-process.ts';

const HOUR_MS = 60 * 60 * 1000;
const HOOK = 4711;
const OWNER = 'acme/api';
const TOKEN = 'a-token';

interface Scene extends AsyncDisposable {
  readonly path: string;
  readonly github: GithubDouble;
  readonly hooks: GithubHooks;
  readonly env: Readonly<Record<string, string>>;
  /** Delivers issues `from` to `to`, `every`th one into a proxy's 502. */
  send(from: number, to: number, changes?: { readonly every?: number; readonly deliveredAt?: number }): Promise<void>;
}

async function scene(): Promise<Scene> {
  await using stack = new AsyncDisposableStack();
  const { path } = stack.use(await dataDir());
  const github = stack.use(await startGithubDouble({ token: TOKEN }));
  const hooks = createGithubHooks();
  github.mount(hooks.route);
  const port = await freePort();
  hooks.add({ root: `/repos/${OWNER}`, id: 8, url: 'https://ci.example.org/hook', secret: 'another' });
  hooks.add({
    root: `/repos/${OWNER}`,
    id: HOOK,
    url: `http://127.0.0.1:${port}/webhooks/github`,
    secret: SECRET,
  });
  const env = { PORT: String(port), GITHUB_API_URL: github.url, GITHUB_TOKEN: TOKEN, LOG_LEVEL: 'info' };
  const owned = stack.move();
  return {
    path,
    github,
    hooks,
    env,
    async send(from, to, { every = 0, deliveredAt } = {}) {
      for (let n = from; n <= to; n++) {
        const payload = JSON.parse(issueOpened(n).body.toString());
        const proxyAnswers = every > 0 && n % every === 0 ? 502 : undefined;
        await hooks.emit({
          hookId: HOOK,
          type: 'issues',
          payload,
          guid: randomUUID(),
          proxyAnswers,
          deliveredAt,
        });
      }
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

const upTo = (count: number, from = 1) => Array.from({ length: count }, (_, index) => index + from);
const inOrder = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b);

/** The issues told, each time they were. A digest would name only the first of a long list: an endpoint gets each alone. */
function told(all: readonly Told[]): readonly number[] {
  return all.map(({ title }) => Number(/\d+/.exec(title)?.[0]));
}

describe('recover', { concurrency: true }, () => {
  test('a receiver that was down while 200 events were sent tells all 200 after its start, none twice', async (t) => {
    await using world = await scene();
    await using endpoint = await startEndpointDouble();
    await configure(world.path, {
      sources: { github: { recover: [OWNER] } },
      destinations: { team: { type: 'http', url: endpoint.url } },
      rules: [{ on: { issues: ['opened'] }, to: 'team' }],
    });
    const before = await serverInProcess('start', world.path, world.env);
    await before.printed(/0 missed|Tidings/);
    await world.send(1, 10);
    await before.stop();
    // Refused connections are recorded with status null, 0 or 502; every seventh is answered by a proxy.
    await world.send(11, 210, { every: 7 });
    const codes = new Set(
      world.hooks
        .items()
        .slice(10)
        .map(({ status_code }) => status_code),
    );
    assert.deepEqual(codes, new Set([null, 0, 502]));

    const restarted = performance.now();
    await using after = await serverInProcess('start', world.path, world.env);
    await after.printed(/recover acme\/api: 200 missed, 200 recovered/);
    await new Promise<void>((resolve) => {
      const look = () => new Set(told(endpoint.told)).size === 210 && resolve();
      endpoint.onTold = look;
      look();
    });
    t.diagnostic(`from the start to the last of 200 told: ${((performance.now() - restarted) / 1000).toFixed(1)} s`);
    assert.equal(await after.stop(), 0, after.output.stderr);

    assert.deepEqual(inOrder(told(endpoint.told)), upTo(210), 'each once');
    const pages = world.github.requests.filter(({ path }) => path.includes('cursor='));
    assert.ok(pages.length >= 2, `${pages.length} further pages`);
    const redelivered = world.hooks.items().filter(({ redelivery }) => redelivery);
    assert.equal(redelivered.length, 200);
    assert.ok(redelivered.every(({ status_code }) => status_code === 200));

    await using inbox = await openInbox(world.path);
    await drained(inbox);
    assert.equal((await allEvents(inbox)).length, 210);
  });

  test('where GitHub cannot reach the receiver, the payloads are fetched, and a late redelivery is a duplicate', async () => {
    await using world = await scene();
    await using server = await serverInProcess('start', world.path, world.env);
    await server.stop();
    await world.send(1, 25, { every: 2 });
    world.hooks.unreachable = true;
    const { code, stdout, stderr } = await inProcess(['recover', OWNER], world.path, world.env);
    assert.deepEqual([code, stdout], [0, '25 missed, 25 recovered (0 redelivered, 25 fetched)\n'], stderr);
    // One was tried in vain; nobody asked for the other 24.
    assert.equal(world.hooks.items().filter(({ redelivery }) => redelivery).length, 1);
    {
      await using inbox = await openInbox(world.path);
      const stored = await records(inbox);
      assert.deepEqual(
        stored.map(({ origin, deliveryId, guid, body }) => [
          origin,
          deliveryId,
          JSON.parse(String(body)).issue.number,
          guid,
        ]),
        world.hooks
          .items()
          .slice(0, 25)
          .map(({ guid }, n) => ['recovered', `${HOOK}:${guid}`, n + 1, guid]),
      );
    }

    world.hooks.unreachable = false;
    await using again = await serverInProcess('start', world.path, world.env);
    const [first] = world.hooks.items();
    const asked = `${world.github.url}/repos/${OWNER}/hooks/${HOOK}/deliveries/${first?.id}/attempts`;
    assert.equal((await fetch(asked, { method: 'POST', headers: { authorization: `token ${TOKEN}` } })).status, 202);
    await world.hooks.settled();
    assert.equal(world.hooks.items().at(-1)?.status_code, 200);
    await again.stop();
    await using inbox = await openInbox(world.path);
    assert.equal((await allEvents(inbox)).length, 25);
    // The next run finds nothing.
    const next = await inProcess(['recover', OWNER], world.path, world.env);
    assert.deepEqual([next.code, next.stdout], [0, '0 missed, 0 recovered\n'], next.stderr);
  });

  test('--dry-run lists and changes nothing; a token that may only read fetches; what is gone is named', async () => {
    await using world = await scene();
    await using server = await serverInProcess('start', world.path, world.env);
    await server.stop();
    await world.send(1, 1, { deliveredAt: Date.now() - 80 * HOUR_MS });
    await world.send(2, 3, { deliveredAt: Date.now() - 60 * HOUR_MS });
    world.hooks.access = 'read';
    const slower = { 'retry-after': '1' };
    world.github.refuseNext(1, { status: 429, message: 'You have exceeded a secondary rate limit', headers: slower });
    const dry = await inProcess(['recover', OWNER, '--dry-run', '--json'], world.path, world.env);
    const rows = dry.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      rows.map(({ outcome, type, action }) => [outcome, type, action]),
      [
        ['missed', 'issues', 'opened'],
        ['missed', 'issues', 'opened'],
      ],
    );
    assert.match(dry.stderr, /GitHub drops 2 of them within a day/);
    const [refused, next] = world.github.requests;
    assert.ok(refused?.status === 429 && next && next.at - refused.at >= 1000, 'Retry-After is obeyed');
    const read = await inProcess(['recover', OWNER], world.path, world.env);
    assert.deepEqual([read.code, read.stdout], [0, '2 missed, 2 recovered (0 redelivered, 2 fetched)\n'], read.stderr);
  });

  test('a token that may not read hooks gets one clear warning from a server, and an error from the command', async () => {
    await using world = await scene();
    await configure(world.path, { sources: { github: { recover: [OWNER] } } });
    world.hooks.access = 'none';
    await using server = await serverInProcess('start', world.path, world.env);
    await server.printed(/may not read the webhooks of acme\/api.*until the next start/);
    await server.stop();
    assert.equal(server.output.stderr.match(/may not read/g)?.length, 1);
    const { code, stderr } = await inProcess(['recover', OWNER], world.path, world.env);
    assert.equal(code, 1);
    assert.match(stderr, /^Error: GITHUB_TOKEN may not read the webhooks of acme\/api.*admin:repo_hook/);
    assert.equal(world.github.requests.length, 2, 'asked once each');
  });

  test('several webhooks that call such an address are named, and --hook chooses', async () => {
    await using world = await scene();
    await using server = await serverInProcess('start', world.path, world.env);
    await server.stop();
    const url = 'https://staging.example.org/webhooks/github';
    world.hooks.add({ root: `/repos/${OWNER}`, id: 9, url, secret: SECRET });
    await world.send(1, 2);
    const several = await inProcess(['recover', OWNER], world.path, world.env);
    assert.equal(several.code, 3);
    assert.match(several.stderr, /Several webhooks[^]* 4711 [^]* 9 {2}https:\/\/staging/);
    const chosen = await inProcess(['recover', OWNER, '--hook', String(HOOK), '--fetch'], world.path, world.env);
    assert.deepEqual(
      [chosen.code, chosen.stdout],
      [0, '2 missed, 2 recovered (0 redelivered, 2 fetched)\n'],
      chosen.stderr,
    );
  });
});
