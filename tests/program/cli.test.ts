import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type SlackDouble, startSlackDouble } from '../doubles/slack-double.ts';
import { dataDir, drained, openInbox } from '../support/data-dir.ts';
import { deliver } from '../support/github.ts';
import { inProcess, serverInProcess } from '../support/in-process.ts';
import { issueOpened, sampleDelivery } from '../support/payloads.ts';
import { type Finished, runCommand } from '../support/run-command.ts';
import { type RunningTidings, SECRET } from '../support/tidings-process.ts';

const BIN = fileURLToPath(new URL('../../bin/tidings.js', import.meta.url));

describe('questions to a running Tidings', () => {
  const open = new AsyncDisposableStack();
  let slack: SlackDouble;
  let server: RunningTidings;
  let path: string;
  let env: Record<string, string>;

  const tidings = (...args: readonly string[]): Promise<Finished> => inProcess(args, path, env);
  /** As a user would: a process of its own. */
  const started = (...args: readonly string[]): Promise<Finished> => runCommand(args, path, env);
  const lines = ({ stdout }: Finished) => stdout.trim().split('\n').filter(Boolean);
  const ids = (finished: Finished) => lines(finished).map((line) => (JSON.parse(line) as { id: number }).id);

  async function settled(): Promise<void> {
    await using inbox = await openInbox(path);
    await drained(inbox);
  }

  /** 1 told, 2 no rule asks for it, 3 a ping, 4 form-encoded and told, 5 rejected by Slack. */
  before(async () => {
    slack = open.use(await startSlackDouble({ enforceRate: false }));
    path = open.use(await dataDir()).path;
    env = { SLACK_WEBHOOK_URL: slack.webhookUrl() };
    server = open.use(await serverInProcess('start', path, env));
    env['PORT'] = String(server.port);
    await deliver(server.url, issueOpened(1, 'The first one'));
    await deliver(server.url, sampleDelivery('push', 2));
    await deliver(server.url, sampleDelivery('ping', 3));
    const form = issueOpened(4, 'By form & more');
    const body = Buffer.from(`payload=${encodeURIComponent(form.body.toString('utf8')).replaceAll('%20', '+')}`);
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    assert.equal((await deliver(server.url, { ...form, body }, type)).status, 200);
    await settled();
    slack.failNext(new URL(slack.webhookUrl()).pathname, 1, { status: 400, body: 'invalid_blocks' });
    await deliver(server.url, issueOpened(5, 'Slack says no'));
    await settled();
  });
  after(() => open.disposeAsync());

  test('form-encoded bodies are told like JSON; a ping is shown, not announced', async () => {
    assert(slack.messages.some(({ text }) => text.includes('By form &amp; more')));
    assert(!slack.messages.some(({ text }) => /ping|zen/i.test(text)));
    const [ping] = lines(await tidings('events', '--type', 'ping', '--json'));
    assert.match(ping ?? '', /"state":"skipped","reason":"[^"]+"/);
  });

  test('events --json has exactly the promised keys, newest first', async () => {
    const finished = await started('events', '--json');
    assert.deepEqual(ids(finished), [5, 4, 3, 2, 1]);
    const said = ['id', 'source', 'type', 'action', 'delivery_id', 'repo', 'actor', 'about'];
    const became = ['state', 'reason', 'fates', 'destinations', 'received_at'];
    for (const line of lines(finished)) assert.deepEqual(Object.keys(JSON.parse(line)), [...said, ...became]);
    const [refused] = lines(finished).map((line) => (JSON.parse(line) as { fates: unknown }).fates);
    assert.deepEqual(refused, { told: 0, waiting: 0, held: 0, unknown: 0, dead: 1 });
  });

  test('events are filtered by state, type, repository, age and number', async () => {
    const asked = [
      [
        ['--state', 'skipped'],
        [3, 2],
      ],
      [
        ['--type', 'issues'],
        [5, 4, 1],
      ],
      [
        ['--type', 'issues.opened', '--limit', '2'],
        [5, 4],
      ],
      [['--repo', 'ACME/api', '--type', 'push'], [2]],
      [['--state', 'dead'], [5]],
      [
        ['--state', 'told'],
        [4, 1],
      ],
      [['--since', '1h', '--limit', '1'], [5]],
      [['--since', '2030-01-01'], []],
    ] as const;
    const answers = await Promise.all(asked.map(([args]) => tidings('events', '--json', ...args)));
    for (const [index, [args, wanted]] of asked.entries()) {
      assert.deepEqual(ids(answers[index] as Finished), wanted, args.join(' '));
    }
  });

  test('show has headers, payload, decision and attempts; --raw is the body byte for byte', async () => {
    const shown = await tidings('events', 'show', '1', '--body');
    assert.match(shown.stdout, /x-github-delivery[^]*The first one/);
    assert.match(shown.stdout, /slack/);
    const raw = await tidings('events', 'show', '4', '--raw');
    assert(raw.stdout.startsWith('payload=%7B'));
    assert.equal((await tidings('events', 'show', '99')).code, 3);
  });

  test('explain says why an event was told, and why another was not', async () => {
    const [told, untold] = await Promise.all([tidings('explain', '1'), tidings('explain', '2')]);
    assert.match(told.stdout, /Rule classics: matched → slack[^]*✓ on[^]*Announced to slack/);
    assert.match(untold.stdout, /Rule classics: did not match[^]*✗ on[^]*push[^]*Not announced/);
  });

  test('replay --dry-run changes nothing; --state dead tells what Slack refused', async () => {
    const dry = await tidings('replay', '--state', 'dead', '--dry-run');
    assert.match(
      dry.stdout,
      /^5\tissues\.opened\tacme\/api\tto slack: Issue opened: #\d+ Slack says no \(.*invalid_blocks.*\)\n$/,
    );
    const { checks } = (await (await fetch(`${server.url}/readyz`)).json()) as { checks: { messages: unknown } };
    assert.match(
      JSON.stringify(checks.messages),
      /^{"ok":true,"detail":"1 message was given up: 1 to slack \(to send again: /,
    );
    assert.match((await tidings('explain', '5')).stdout, /given up.*invalid_blocks/);
    const before = slack.messages.length;
    assert.equal((await tidings('replay', '--state', 'dead')).code, 0);
    await slack.waitFor(before + 1);
    assert.match(slack.messages.at(-1)?.text ?? '', /Slack says no/);
    await settled();
    assert.deepEqual(ids(await tidings('events', '--state', 'dead', '--json')), []);
    assert.equal((await tidings('replay', '99')).code, 3);
    assert.equal((await tidings('replay')).code, 2);
  });

  test('doctor says ok of what is well, and 1 where something is broken', async () => {
    const well = await tidings('doctor');
    assert.equal(well.code, 0, well.stdout + well.stderr);
    assert.match(well.stdout, /ok +database[^\n]*last event 5/);
    assert.match(well.stdout, /ok +receiver/);
    const broken = await inProcess(['doctor'], path, { ...env, GITHUB_WEBHOOK_SECRET: 'changeme' });
    assert.equal(broken.code, 1);
    assert.match(broken.stdout, /fail +secret of github[^]*→ Make one/);
  });

  test('config shows what is in force, without a secret', async () => {
    const { code, stdout } = await started('config');
    assert.equal(code, 0);
    assert.match(stdout, /webhook_url: (["']?)\[secret\]\1/);
    assert(!stdout.includes(SECRET) && !stdout.includes(new URL(slack.webhookUrl()).pathname));
  });

  test('a reader that has seen enough is no error', () => {
    const shell = `"${process.execPath}" "${BIN}" send issues.opened --dry-run | head -1; echo "exit \${PIPESTATUS[0]}"`;
    const result = spawnSync('bash', ['-c', shell], {
      env: { ...process.env, ...env, DATA_DIR: path, GITHUB_WEBHOOK_SECRET: SECRET },
    });
    assert.match(String(result.stdout), /^POST http[^\n]*\nexit 0\n$/);
    assert.doesNotMatch(String(result.stderr), /EPIPE|\n\s+at /);
  });

  test('a misspelt command or option gets a suggestion, help has examples', async () => {
    const command = await tidings('evnts');
    assert.deepEqual([command.code, command.stdout], [2, '']);
    assert.match(command.stderr, /Did you mean events\?/);
    const option = await tidings('events', '--jsn');
    assert.equal(option.code, 2);
    assert.match(option.stderr, /Did you mean --json\?/);
    const help = await started('--help');
    assert.deepEqual([help.code, help.stderr], [0, '']);
    assert.match(help.stdout, /^Examples:\n {2}\$ npx tidings start/);
  });
});
