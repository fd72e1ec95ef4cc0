import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { type SlackDouble, startSlackDouble } from '../doubles/slack-double.ts';
import { configure, dataDir, drained, openInbox } from '../support/data-dir.ts';
import { deliver } from '../support/github.ts';
import { inProcess, serverInProcess } from '../support/in-process.ts';
import { issueOpened } from '../support/payloads.ts';

const SHOP_SECRET = 'a secret of the shop, and of nobody else';

async function post(server: { readonly url: string }, body: string, type = 'application/json'): Promise<void> {
  const signature = createHmac('sha256', SHOP_SECRET).update(body).digest('hex');
  const headers = { 'X-Signature': signature, 'Content-Type': type };
  const answer = await fetch(`${server.url}/webhooks/shop`, { method: 'POST', headers, body });
  assert.equal(answer.status, 200, await answer.text());
}

function order(id: number, fields: object = {}): string {
  const about = { total: 1999, currency: 'EUR', buyer: { name: 'Mona' }, ...fields };
  return JSON.stringify({ type: 'order.paid', id: `evt_${id}`, order: { id, ...about } });
}

const TEMPLATE =
  'Order #{{ payload.order.id }} by {{ payload.order.buyer.name }}: {{ payload.order.total / 100 }} {{ payload.order.currency }}';

/** `team` hears of all of it, `desk` by the source's words, `github` of issues by a rule's. */
function settings(slack: SlackDouble, rules: readonly object[] = []): object {
  const to = (name: string) => ({
    type: 'slack',
    webhook_url: slack.webhookUrl(`/services/T0000/B0000/${name}`),
    per_second: 0,
  });
  return {
    sources: {
      github: null,
      shop: {
        provider: 'generic',
        secrets: SHOP_SECRET,
        template: 'Sold: {{ payload.?order.?id.orValue("something") }}',
      },
    },
    destinations: { team: to('team'), desk: to('desk') },
    rules: [
      { name: 'orders', on: '*', sources: 'shop', to: 'team', template: TEMPLATE },
      { name: 'desk', on: '*', sources: 'shop', to: ['desk', 'team'] },
      ...rules,
    ],
  };
}

/** What each channel was told, as a phone shows it. */
function toldIn(slack: SlackDouble, name: string): readonly string[] {
  return slack.messages.filter(({ path }) => path.endsWith(`/${name}`)).map(({ text }) => text);
}

async function settled(path: string): Promise<void> {
  await using inbox = await openInbox(path);
  await drained(inbox);
}

test('an event is told in the words of its rule, else of its source; a template that fails leaves the usual words', async () => {
  await using dir = await dataDir();
  await using slack = await startSlackDouble({ enforceRate: false });
  const issues = {
    name: 'issues',
    on: 'issues',
    to: 'team',
    template: '{{ payload.issue.user.login }}: {{ activity.subject.title }}',
  };
  await configure(dir.path, settings(slack, [issues]));
  await using server = await serverInProcess('start', dir.path);
  await post(server, order(1001));
  await settled(dir.path);
  await post(server, order(1002, { buyer: null }));
  await settled(dir.path);
  await post(server, 'order=7&order=8&type=order.paid', 'application/x-www-form-urlencoded');
  await settled(dir.path);
  assert.equal((await deliver(server.url, issueOpened(12, 'Uploads fail'))).status, 200);
  await settled(dir.path);

  const [first, second, form, issue] = toldIn(slack, 'team');
  assert.equal(first, 'Order #1001 by Mona: 19.99 EUR');
  assert.match(second ?? '', /order/i);
  assert.doesNotMatch(`${second}${form}`, /Order #|Sold|null|undefined/);
  assert.equal(issue, 'mona: Uploads fail');
  assert.deepEqual(toldIn(slack, 'desk'), ['Sold: 1001', 'Sold: 1002', 'Sold: something']);
  assert.deepEqual(slack.violations, []);

  const explained = (await inProcess(['explain', '2'], dir.path)).stdout;
  assert.match(
    explained,
    /Template of rule orders: failed, and the usual words go to team: \{\{ payload\.order\.buyer\.name \}\}: no name\nTemplate of source shop: words desk\n/,
  );
  const json = JSON.parse((await inProcess(['explain', '2', '--json'], dir.path)).stdout) as { worded: unknown };
  assert.deepEqual(json.worded, [
    { by: 'rule orders', to: ['team'], why: '{{ payload.order.buyer.name }}: no name' },
    { by: 'source shop', to: ['desk'] },
  ]);
});

test('what strangers write into a payload calls nobody, hides no link and breaks no line', async () => {
  await using dir = await dataDir();
  await using slack = await startSlackDouble({ enforceRate: false });
  await configure(dir.path, settings(slack));
  await using server = await serverInProcess('start', dir.path);
  const hostile = [
    '<!channel> @here <@U012AB>',
    '<https://evil.test|https://good.test>',
    '*a* `b` _c_ \u202e\u0007\n> d',
    '&lt;',
  ];
  for (const [id, name] of hostile.entries()) {
    await post(server, order(id, { buyer: { name } }));
    await settled(dir.path);
  }
  await post(server, order(9, { buyer: { name: 'x'.repeat(200_000) } }));
  await settled(dir.path);
  assert.deepEqual(slack.violations, []);
  const told = toldIn(slack, 'team');
  assert.equal(told.length, hostile.length + 1);
  for (const { text, payload } of slack.messages) {
    assert.doesNotMatch(JSON.stringify(payload), /<(?!https:\/\/)|<https:\/\/evil|\u202e|\\u0007/);
    assert.ok(text.length <= 400 && !text.includes('\n'), text);
  }
});

test('a template changes at once, also of a source; what is replayed is worded by it', async () => {
  await using dir = await dataDir();
  await using slack = await startSlackDouble({ enforceRate: false });
  await configure(dir.path, settings(slack));
  {
    await using server = await serverInProcess('start', dir.path);
    await post(server, order(1001));
    await settled(dir.path);
  }
  const audit = { name: 'audit', on: '*', to: 'audit', template: '{{ payload.type }} seen' };
  const broken = { name: 'broken', on: '*', to: 'lost', template: '{{ payload.nothing }}' };
  const other = settings(slack, [audit, broken]);
  Object.assign((other as { destinations: object }).destinations, {
    audit: { type: 'console' },
    lost: { type: 'console' },
  });
  await writeFile(join(dir.path, 'new.yaml'), JSON.stringify(other));
  const backtest = await inProcess(['backtest', '--config', 'new.yaml'], dir.path);
  assert.match(backtest.stdout, /told to audit \(rule audit\): order\.paid seen\n.*told to lost \(rule broken\)\n$/);
  const text = JSON.stringify(settings(slack)).replace('Sold: ', 'Sale of ').replace('Order #', 'No. ');
  await writeFile(join(dir.path, 'tidings.yaml'), text);
  await using _server = await serverInProcess('start', dir.path);
  assert.equal((await inProcess(['replay', '1'], dir.path)).code, 0);
  await settled(dir.path);
  assert.deepEqual(toldIn(slack, 'team'), ['Order #1001 by Mona: 19.99 EUR', 'No. 1001 by Mona: 19.99 EUR']);
  assert.deepEqual(toldIn(slack, 'desk'), ['Sold: 1001', 'Sale of 1001']);
});

test('a message that was given up keeps its words, whatever the template says by then', async () => {
  await using dir = await dataDir();
  await using slack = await startSlackDouble({ enforceRate: false });
  await configure(dir.path, settings(slack));
  {
    await using server = await serverInProcess('start', dir.path);
    slack.failNext('/services/T0000/B0000/desk', 1, { status: 400, body: 'invalid_blocks' });
    await post(server, order(1001));
    await settled(dir.path);
  }
  const text = JSON.stringify(settings(slack)).replace('Sold: ', '{{ payload.gone }}');
  await writeFile(join(dir.path, 'tidings.yaml'), text);
  const dry = await inProcess(['replay', '--state', 'dead', '--dry-run'], dir.path);
  assert.match(dry.stdout, /to desk: Sold: 1001 \(.*invalid_blocks/);
  await using _server = await serverInProcess('start', dir.path);
  assert.equal((await inProcess(['replay', '--state', 'dead'], dir.path)).code, 0);
  await settled(dir.path);
  assert.deepEqual(toldIn(slack, 'desk'), ['Sold: 1001']);
});
