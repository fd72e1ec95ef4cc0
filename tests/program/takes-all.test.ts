import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { stringify } from 'yaml';
import { startApplicationDouble } from '../doubles/application-double.ts';
import { configure, dataDir, drained, openInbox } from '../support/data-dir.ts';
import { deliver, delivery } from '../support/github.ts';
import { inProcess, serverInProcess } from '../support/in-process.ts';
import { issueOpened } from '../support/payloads.ts';

test('what takes all of a source: explain, test and backtest say so, and send reaches it', async () => {
  await using dir = await dataDir();
  await using application = await startApplicationDouble();
  const rules = [{ name: 'bugs', on: { issues: ['closed'] }, to: 'desk' }];
  const tests = [
    { name: 'opened', event: 'issues.opened', expect: [] },
    { name: 'closed', event: 'issues.closed', expect: ['desk', 'app'] },
  ];
  const desk = { type: 'console' };
  const app = { type: 'forward', url: application.url, raw: true };
  await configure(dir.path, { destinations: { desk, app }, rules, tests });
  await using server = await serverInProcess('start', dir.path);
  await deliver(server.url, issueOpened(1));
  await deliver(server.url, delivery('issues', { action: 7 }));
  const { stdout: sent } = await inProcess(
    ['send', 'issues.closed', '--to', `${server.url}/webhooks/github`],
    dir.path,
  );
  assert.match(sent, /^200 {2}accepted as event 3 /);
  await application.waitFor(3);
  await using inbox = await openInbox(dir.path);
  await drained(inbox);

  const explained = await Promise.all(['1', '2', '3'].map((id) => inProcess(['explain', id], dir.path)));
  const [opened = '', unread = '', closed = ''] = explained.map(({ stdout }) => stdout);
  assert.match(opened, /now routed \(app takes all of it; else nobody is told: /);
  assert.match(opened, /Announced to app\.\n {2}app: takes all; sent after 1 attempt/);
  assert.match(unread, /now routed \(app takes all of it; else nobody is told: /);
  assert.match(closed, /Announced to desk, app\.\n {2}desk: sent[^]*\n {2}app: takes all; sent/);

  const tested = await inProcess(['test'], dir.path);
  assert.deepEqual(tested.stdout, '✓ opened  (app takes all)\n✓ closed  (app takes all)\n');

  // Without its address: a machine that only looks at rules has none.
  const without = { destinations: { desk, app: { ...app, url: '${APP_URL}' } }, rules, tests };
  await writeFile(join(dir.path, 'tests.yaml'), stringify(without));
  const elsewhere = await inProcess(['test', '--config', 'tests.yaml'], dir.path);
  assert.match(elsewhere.stdout, /^✓ opened {2}\(app takes all\)/, elsewhere.stderr);

  await writeFile(
    join(dir.path, 'new.yaml'),
    stringify({ destinations: { desk, app: { ...app, raw: false } }, rules }),
  );
  const compared = await inProcess(['backtest', '--config', 'new.yaml'], dir.path);
  const no = 'no longer told to app (it does not take all of github, and no rule tells it)';
  const lines = compared.stdout.trimEnd().split('\n');
  assert.deepEqual([lines.length, lines.every((line) => line.endsWith(no))], [3, true], compared.stdout);
});
