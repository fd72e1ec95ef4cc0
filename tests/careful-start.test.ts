import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { stringify } from 'yaml';
import { dataDir } from './support/data-dir.ts';
import { begin, type Place, ran } from './support/in-process.ts';

const REAL = 'd3a1f7c24b9e';
const LISTENING = /Webhook .*\/webhooks\/github/;

/** Started, and stopped again. */
async function started(place: Place): Promise<string> {
  const running = begin(['start'], { ...place, env: { PORT: '0', DATA_DIR: 'data', ...place.env } });
  await running.printed(LISTENING);
  return (await running.stop()).shown;
}

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

async function findings(place: Place, ...options: readonly string[]) {
  const { shown } = await ran(['doctor', '--json', ...options], {
    ...place,
    env: { PORT: '1', DATA_DIR: 'data', ...place.env },
  });
  return shown.split('\n').flatMap((line) => {
    if (!line.startsWith('{"name"')) return [];
    const { name, status, detail, fix } = JSON.parse(line) as Record<'name' | 'status' | 'detail' | 'fix', string>;
    return [{ name, status, detail, fix }];
  });
}

/** Each as in the files that we give away. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  GITHUB_WEBHOOK_SECRET: 'change-me-openssl-rand-hex-32',
  ADMIN_TOKEN: 'replace-me',
  SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/change/me',
  GITHUB_TOKEN: 'ghp_your-token-here',
  NGROK_AUTHTOKEN: 'your-authtoken',
};

for (const [variable, placeholder] of Object.entries(PLACEHOLDERS)) {
  test(`${variable} that is a placeholder is refused by every server, and a failure of doctor`, async () => {
    await using dir = await dataDir();
    const place = { cwd: dir.path, env: { [variable]: placeholder } };
    for (const role of ['start', 'receive', 'work']) {
      const { code, shown } = await ran([role], place);
      assert.deepEqual([code, shown.includes(placeholder)], [2, false], shown);
      assert.match(shown, new RegExp(`^${variable}: is a placeholder`, 'm'));
    }
    assert.deepEqual(readdirSync(dir.path).includes('tidings.db'), false, 'nothing was begun');
    const failed = (await findings(place, '--prod')).filter(({ status }) => status === 'fail');
    assert.match(
      JSON.stringify(failed),
      new RegExp(variable === 'GITHUB_WEBHOOK_SECRET' ? 'secret of github' : variable),
    );
  });
}

test('placeholders in tidings.yaml are refused by their place', async () => {
  await using dir = await dataDir();
  const destinations = {
    team: { type: 'slack', token: 'xoxb-your-token', channel: '#a' },
    audit: { type: 'http', url: 'https://example.org/x', secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
  };
  const sources = { github: { secrets: ['my-secret', 'd3a1f7c24b9e0000'] } };
  writeFileSync(join(dir.path, 'tidings.yaml'), stringify({ sources, destinations }), { mode: 0o600 });
  const { code, shown } = await ran(['start'], { cwd: dir.path, env: {} });
  assert.equal(code, 2);
  for (const place of ['sources.github.secrets', 'destinations.team.token', 'destinations.audit.secret']) {
    assert.match(shown, new RegExp(`^${place}: is a placeholder`, 'm'));
  }
});

test('a short secret of one’s own is a warning at start and of doctor, with what makes a better one', async () => {
  await using dir = await dataDir();
  const place = { cwd: dir.path, env: { ADMIN_TOKEN: 'x', GITHUB_WEBHOOK_SECRET: REAL } };
  const shown = await started(place);
  for (const variable of ['ADMIN_TOKEN', 'GITHUB_WEBHOOK_SECRET']) {
    assert.match(shown, new RegExp(`"level":40,.*${variable} can be guessed: .*openssl rand -hex 32`));
  }
  for (const options of [[], ['--prod']]) {
    const found = (await findings(place, ...options)).find(({ name }) => name === 'credentials');
    assert.deepEqual([found?.status, found?.detail.split(':')[0]], ['warn', 'ADMIN_TOKEN can be guessed']);
  }
});

test('generated secrets, and those of some length, are nothing to speak of', async () => {
  await using dir = await dataDir();
  const shown = await started({ cwd: dir.path, env: {} });
  assert.doesNotMatch(shown, /"level":40/);
  const env = { ADMIN_TOKEN: `${REAL}${REAL}`, GITHUB_WEBHOOK_SECRET: `${REAL}-${REAL}` };
  assert.doesNotMatch(await started({ cwd: dir.path, env }), /"level":40/);
});

test('whatever the umask, what is made is for its owner alone', async (t) => {
  await using dir = await dataDir();
  const before = process.umask(0);
  t.after(() => process.umask(before));
  const running = begin(['start'], { cwd: dir.path, env: { PORT: '0', DATA_DIR: 'deep/data' } });
  await running.printed(LISTENING);
  assert.deepEqual([modeOf(join(dir.path, 'deep')), modeOf(join(dir.path, 'deep/data'))], ['700', '700']);
  const names = readdirSync(join(dir.path, 'deep/data'));
  for (const name of ['tidings.db', 'tidings.db-wal', 'tidings.db-shm', 'github-secret', 'admin-token']) {
    assert.ok(names.includes(name), name);
  }
  for (const name of names) assert.equal(modeOf(join(dir.path, 'deep/data', name)), '600', name);
  await running.stop();
  await ran(['init', '--yes'], { cwd: dir.path, env: {} });
  assert.deepEqual([modeOf(join(dir.path, '.env')), modeOf(join(dir.path, 'tidings.yaml'))], ['600', '644']);
});

test('a directory and a .env that are open to others are said, with the command that closes them', async () => {
  await using dir = await dataDir();
  const data = join(dir.path, 'data');
  const env = join(dir.path, '.env');
  mkdirSync(data);
  writeFileSync(env, 'A=b\n');
  chmodSync(data, 0o755);
  chmodSync(env, 0o666);
  const place = { cwd: dir.path, env: {} };
  const shown = await started(place);
  for (const [path, mode, fix] of [
    [data, '0755', '700'],
    [env, '0666', '600'],
  ]) {
    const said = `${path} is open to other users of this machine (${mode})`;
    assert.ok(shown.includes(`${said}. To close it: chmod ${fix} ${path}`), shown);
    const found = (await findings(place)).find((each) => each.fix === `chmod ${fix} ${path}`);
    assert.equal(found?.status, 'warn', path);
  }
  chmodSync(data, 0o750);
  chmodSync(env, 0o640);
  assert.doesNotMatch(await started(place), /is open to other users/, 'a group is often meant');
});

test('files of Tidings’ own that are open to others are closed at start, which says so; doctor only says it', async () => {
  await using dir = await dataDir();
  const place = { cwd: dir.path, env: {} };
  await started(place);
  const files = ['github-secret', 'admin-token', 'tidings.db'].map((name) => join(dir.path, 'data', name));
  for (const file of files) chmodSync(file, 0o666);
  const found = await findings(place);
  for (const file of files)
    assert.ok(
      found.some(({ fix }) => fix === `chmod 600 ${file}`),
      file,
    );
  assert.deepEqual(files.slice(0, 2).map(modeOf), ['666', '666'], 'doctor changes nothing');
  for (const file of files) chmodSync(file, 0o666);
  const shown = await started(place);
  for (const file of files) assert.ok(shown.includes(`${file} was open to other users of this machine (0666)`), shown);
  assert.deepEqual(files.map(modeOf), ['600', '600', '600']);
});

test('the token opens what LOOPBACK_OPEN=false closes, and doctor uses it', async () => {
  await using dir = await dataDir();
  const closed = { LOOPBACK_OPEN: 'false', DATA_DIR: 'data' };
  const running = begin(['start'], { cwd: dir.path, env: { ...closed, PORT: '0' } });
  await running.printed(LISTENING);
  const url = /Webhook +(http:\/\/localhost:\d+)/.exec(running.output.shown)?.[1] ?? '';
  for (const path of ['/', '/readyz', '/metrics', '/api/v1/events']) {
    const denied = await fetch(url + path);
    assert.deepEqual([denied.status, /With LOOPBACK_OPEN=false/.test(await denied.text())], [401, true], path);
  }
  assert.equal((await fetch(`${url}/healthz`)).status, 200);
  assert.match(running.output.shown, /^Admin +token kept in .*admin-token +\(needed for: /m);
  const found = await findings({ cwd: dir.path, env: { ...closed, PORT: new URL(url).port } });
  const byName = Object.fromEntries(found.map(({ name, detail }) => [name, detail]));
  assert.match(byName['access'] ?? '', /the admin token opens it, from everywhere \(LOOPBACK_OPEN=false\)/);
  assert.match(byName['rules in force'] ?? '', /built-in rule/);
  const { shown } = await ran(['send', 'ping', '--to', `${url}/webhooks/github`], { cwd: dir.path, env: closed });
  assert.match(shown, /^200 /m);
  await running.stop();
});

test('LOOPBACK_OPEN is a switch', async () => {
  await using dir = await dataDir();
  for (const [given, is] of [
    ['no', false],
    ['0', false],
    ['OFF', false],
    ['true', true],
    ['', true],
  ] as const) {
    const { shown } = await ran(['config', '--json'], { cwd: dir.path, env: { LOOPBACK_OPEN: given } });
    assert.match(shown, new RegExp(`"loopback_open":${is}`), given);
  }
  const { code, shown } = await ran(['config'], { cwd: dir.path, env: { LOOPBACK_OPEN: 'nope' } });
  assert.deepEqual([code, /^LOOPBACK_OPEN: must be true or false/m.test(shown)], [2, true]);
});
