import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { CATALOG } from '../../catalog.ts';
import type { Config } from '../config.ts';
import { ConfigError } from '../config-error.ts';
import { describeRetention, retentionWords } from '../describe/describe-retention.ts';
import { whereFrom } from '../describe/where-from.ts';
import { loadConfig } from '../load-config.ts';
import type { Env } from '../read/process-env.ts';
import { DEFAULT_RETENTION } from './retention-of.ts';

const DAY_MS = 86_400_000;

async function load(t: TestContext, retention: string, env: Env = {}): Promise<Config & { readonly cwd: string }> {
  const cwd = mkdtempSync(join(tmpdir(), 'tidings-retention-'));
  t.after(() => rmSync(cwd, { recursive: true, force: true }));
  if (retention !== '') writeFileSync(join(cwd, 'tidings.yaml'), retention);
  return { ...(await loadConfig({ catalog: CATALOG, env: { GITHUB_WEBHOOK_SECRET: 'known', ...env }, cwd })), cwd };
}

/** Place and message of everything wrong. */
async function problems(t: TestContext, retention: string, env: Env = {}): Promise<readonly string[]> {
  try {
    await load(t, retention, env);
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error.problems.map(({ where, message }) => `${where}: ${message}`);
  }
}

test('terms, sizes, a folder and exceptions in the order written', async (t) => {
  const { retention, retentionFrom, cwd } = await load(
    t,
    `repos: { backend: [acme/api, "acme/jobs-*"] }
retention:
  bodies: 12h
  events: 26w
  max_size: 1.5 GiB
  archive_to: ./archive
  acme/secret-*: { bodies: 90s }
  backend: { bodies: 20d }
  "**/*-demo": { bodies: 1d }
  github: { bodies: 2w }
`,
  );
  assert.deepEqual(retention, {
    bodies: DAY_MS / 2,
    events: 182 * DAY_MS,
    attempts: 30 * DAY_MS,
    maxBytes: 1.5 * 1024 ** 3,
    archiveTo: join(cwd, 'archive'),
    exceptions: [
      { source: null, repo: 'acme/secret-*', bodies: 90_000 },
      { source: null, repo: 'acme/api', bodies: 20 * DAY_MS },
      { source: null, repo: 'acme/jobs-*', bodies: 20 * DAY_MS },
      { source: null, repo: '**/*-demo', bodies: DAY_MS },
      { source: 'github', repo: null, bodies: 14 * DAY_MS },
    ],
  });
  assert.deepEqual(retentionFrom, { attempts: 'default' });
  const words = 'bodies 12h, events 182d, attempts 30d, at most 1.5GiB, 5 exceptions, archived first';
  assert.equal(retentionWords(retention), words);
});

test('what is printed can be a file again', async (t) => {
  const yaml =
    'retention: { bodies: 36h, events: forever, max_size: 10GiB, archive_to: /a, acme/x: { bodies: forever }, github: { bodies: 90s } }';
  const { retention } = await load(t, yaml);
  const again = await load(t, JSON.stringify({ retention: describeRetention(retention) }));
  assert.deepEqual(again.retention, retention);
});

test('variables say what the file does not, and config says where each comes from', async (t) => {
  const env = {
    RETENTION_BODIES: '1d',
    RETENTION_EVENTS: 'forever',
    RETENTION_ATTEMPTS: '7d',
    RETENTION_MAX_SIZE: '10GB',
    ARCHIVE_TO: 'kept',
  };
  const alone = await load(t, '', env);
  assert.deepEqual(alone.retention, {
    bodies: DAY_MS,
    events: null,
    attempts: 7 * DAY_MS,
    maxBytes: 10_000_000_000,
    archiveTo: join(alone.cwd, 'kept'),
    exceptions: [],
  });
  const both = await load(t, 'retention: { bodies: 2d }', { RETENTION_BODIES: '1d', RETENTION_MAX_SIZE: ' ' });
  assert.deepEqual(both.retention, { ...DEFAULT_RETENTION, bodies: 2 * DAY_MS });
  const notes = whereFrom({ ...alone, rules: [] }).map(({ place, text }) => `${place.join('.')} ${text}`);
  assert.equal(notes[0], 'retention.bodies from RETENTION_BODIES');
  assert.ok(whereFrom({ ...both, rules: [] }).some(({ text }) => text === 'default'));
});

const WRONG: readonly (readonly [retention: string, problem: RegExp])[] = [
  ['bodies: 30', /:22: bodies needs a unit, as in 30d for 30 days; or write forever\.$/],
  ['bodies: 3 months', /bodies knows no months or years: write days/],
  ['bodies: 30x', /bodies must be a time such as 12h, 30d or 26w, or forever\.$/],
  ['bodies: -1d', /bodies must be a time/],
  ['bodies: 0d', /bodies must be 1s or more/],
  ['bodies: 99999w', /longer than a hundred years: write forever/],
  ['bodies:', /bodies is empty: say how long/],
  ['bodies: true', /bodies must be a time/],
  ['bodies: [30d]', /bodies must be a time/],
  ['bodies: { days: 30 }', /bodies must be a time/],
  ['events: 34d', /events must be 35d or more: what a sender repeats is recognised/],
  [
    'bodies: 181d',
    /bodies is longer than events, 180d unless you say otherwise, and goes with them: keep events for 181d too/,
  ],
  ['bodies: forever', /keep events forever too/],
  ['{ events: 40d, attempts: 41d }', /attempts is longer than events, 40d, and goes with them/],
  ['acme/x: { bodies: forever }', /bodies is longer than events/],
  ['max_size: 10', /max_size must be a size such as 500MB, 10GB or 10GiB, or none\.$/],
  ['max_size: 10G', /max_size must be a size/],
  ['max_size: 1MB', /max_size must be 10MB or more/],
  ['max_size: forever', /max_size must be a size/],
  ['archive_to: s3://bucket/x', /archive_to must be a folder of this machine/],
  ['archive_to: ""', /archive_to is empty/],
  ['bodys: 30d', /bodys is not a key here: write `bodies:`\.$/],
  ['event: 90d', /event is not a key here\. Did you mean "events"\?$/],
  ['retain: 30d', /retain is not a key here\. Known: bodies, events, attempts, max_size, archive_to\.$/],
  ['payloads: 30d', /payloads is not a key here: write `bodies:`\.$/],
  ['exceptions: { acme/x: 1d }', /exceptions is not a key here: each stands beside the others/],
  ['acme/x: 1d', /must be settings: write `acme\/x: \{ bodies: 1d \}`\.$/],
  ['acme/x: {}', /acme\/x says nothing: give `bodies: 7d`/],
  ['acme/x: { events: 40d }', /events is one for all, and stands one level up/],
  ['acme/x: { bodys: 1d }', /bodys is not a key here\. Known: bodies/],
  ['strpe: { bodies: 1d }', /no source is named "strpe", and no list in repos\. Sources: github\./],
  ['githib: { bodies: 1d }', /githib is not a key here\. Did you mean "github"\?/],
  ['"secret-*": { bodies: 1d }', /"secret-\*" is compared with "owner\/name"/],
  ['"*": { bodies: 1d }', /"\*" is every event: give the term as `bodies:`/],
  ['"!acme/x": { bodies: 1d }', /leaves out nothing: put above the pattern/],
  ['/acme/x: { bodies: 1d }', /is compared with "owner\/name"/],
  ['acme/x/: { bodies: 1d }', /is compared with "owner\/name"/],
  ['https://github.com/acme/x: { bodies: 1d }', /is compared with "owner\/name"/],
  ['"acme/a, acme/b": { bodies: 1d }', /is one pattern: give each repository a line/],
  ['"acme/{1..3}": { bodies: 1d }', /knows no ranges in braces/],
  [
    '{ "acme/*": { bodies: 2d }, "Acme/secret-*": { bodies: 1d } }',
    /"Acme\/secret-\*" is never asked: "acme\/\*", above it/,
  ],
  ['{ "**": { bodies: 2d }, "*/x": { bodies: 1d } }', /is never asked/],
  ['{ acme/x: { bodies: 2d }, ACME/X: { bodies: 1d } }', /"ACME\/X" is never asked/],
];

for (const [retention, problem] of WRONG) {
  test(`refused: ${retention}`, async (t) => {
    const yaml = retention.startsWith('{') ? `retention: ${retention}` : `retention: { ${retention} }`;
    const found = await problems(t, yaml);
    assert.equal(found.length, 1, found.join('\n'));
    assert.match(found[0] ?? '', problem);
  });
}

test('what is wrong with a variable names it', async (t) => {
  const env = {
    RETENTION_BODIES: '30',
    RETENTION_EVENTS: '10d',
    RETENTION_ATTEMPTS: 'a while',
    RETENTION_MAX_SIZE: '10G',
    ARCHIVE_TO: 's3://bucket',
  };
  assert.deepEqual(
    (await problems(t, '', env)).map((each) => each.split(' ')[0]),
    Object.keys(env).map((name) => `${name}:`),
  );
  assert.match(
    (await problems(t, '', { RETENTION_BODIES: '1000d' }))[0] ?? '',
    /^RETENTION_BODIES: is longer than events, 180d/,
  );
  assert.match(
    (await problems(t, 'retention: { bodies: 50d }', { RETENTION_EVENTS: '40d' }))[0] ?? '',
    /tidings.yaml:1:\d+: bodies is longer than events, 40d/,
  );
  assert.deepEqual(await problems(t, '', { RETENTION_EVENTS: '35d' }), []);
});

test('a narrower pattern above a wider one, and alternatives that differ, are fine', async (t) => {
  const yaml =
    'retention: { "acme/secret-*": { bodies: 1d }, "acme/*": { bodies: 2d }, "other/{a,b}": { bodies: 1d }, "other/a": { bodies: 3d } }';
  assert.deepEqual(await problems(t, yaml), [
    'tidings.yaml:1:104: "other/a" is never asked: "other/{a,b}", above it, fits whatever it fits, and the first that fits counts. Put it above that.',
  ]);
  assert.deepEqual(await problems(t, yaml.replace(', "other/a": { bodies: 3d }', '')), []);
});

test('what a variable in the file holds is never shown', async (t) => {
  const found = await problems(t, 'retention: { bodies: "${TERM}" }', { TERM: '123456x' });
  assert.equal(found.length, 1);
  assert.doesNotMatch(found[0] ?? '', /123456/);
});

test('a variable that is meant for retention and that nothing reads is said; others are others’', async (t) => {
  const env = {
    RETENTION_ARCHIVE_TO: '/kept',
    RETENTION_BODYS: '1d',
    RETENTION_OF_LOGS: '30',
    RETENTON_EVENTS: '90d',
    ARCHIVE_T0: '/kept',
    RETENTION_MAXSIZE: ' ',
    RETENTION_ATTEMPTS: '7d',
    ARCHIVE_MODE: 'on',
  };
  const { notes } = await load(t, '', env);
  assert.deepEqual(notes, [
    'RETENTION_ARCHIVE_TO: nothing reads it. Did you mean ARCHIVE_TO?',
    'RETENTION_BODYS: nothing reads it. Did you mean RETENTION_BODIES?',
    'RETENTION_OF_LOGS: nothing reads it. Known: RETENTION_BODIES, RETENTION_EVENTS, RETENTION_ATTEMPTS, RETENTION_MAX_SIZE, ARCHIVE_TO.',
    'RETENTON_EVENTS: nothing reads it. Did you mean RETENTION_EVENTS?',
    'ARCHIVE_T0: nothing reads it. Did you mean ARCHIVE_TO?',
  ]);
});
