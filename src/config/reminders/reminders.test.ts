import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { parse } from 'yaml';
import { CATALOG } from '../../catalog.ts';
import { changes } from '../changes.ts';
import type { Config } from '../config.ts';
import { ConfigError } from '../config-error.ts';
import { describeConfig } from '../describe/describe-config.ts';
import { printConfig } from '../describe/print-config.ts';
import { loadConfig } from '../load-config.ts';
import { rowsOf } from '../rows/rows.ts';

async function load(t: TestContext, yaml: string): Promise<Config> {
  const cwd = mkdtempSync(join(tmpdir(), 'tidings-reminders-'));
  t.after(() => rmSync(cwd, { recursive: true, force: true }));
  writeFileSync(join(cwd, 'tidings.yaml'), yaml);
  return loadConfig({ catalog: CATALOG, env: { GITHUB_WEBHOOK_SECRET: 'known' }, cwd });
}

const HEAD = `destinations: { team: { type: console }, desk: { type: console } }
repos: { backend: [acme/api, "acme/jobs-*"] }
people: { mona: { slack: U012AB3CD } }
defaults: { ignore: [bots], to: desk, settle: 20s }
`;

const FILE = `${HEAD}reminders:
  morning: { at: "9:30", zone: Europe/Berlin }
  backend:
    at: "16:00"
    zone: UTC
    days: [mon, thu]
    except: [2026-04-06, 12-25]
    older_than: 2d
    repos: [backend, "!acme/jobs-old"]
    ignore: []
    labels: { none: [wip] }
    authors: "!renovate[bot]"
    to: team
    mention: [asked, "@mona"]
`;

test('a reminder says when, of what, and to whom; what rules share by default is not its', async (t) => {
  const [morning, backend] = (await load(t, FILE)).reminders;
  assert.deepEqual(morning?.schedule, { days: [1, 2, 3, 4, 5], minute: 570, zone: 'Europe/Berlin', except: [] });
  assert.deepEqual(
    [morning?.rule.ignore, morning?.rule.to, morning?.rule.settleMs, morning?.olderThanMs, morning?.rule.repos],
    [['drafts'], ['team', 'desk'], 0, 0, null],
  );
  assert.deepEqual(backend?.schedule, { days: [1, 4], minute: 960, zone: 'UTC', except: ['2026-04-06', '12-25'] });
  assert.equal(backend?.olderThanMs, 2 * 86_400_000);
  assert.deepEqual(
    [backend?.rule.repos, backend?.rule.ignore, backend?.rule.to, backend?.rule.mention],
    [['acme/api', 'acme/jobs-*', '!acme/jobs-old'], [], ['team'], ['asked', '@mona']],
  );
  const filter = backend?.rule.on.get('pull_request');
  assert.deepEqual([filter?.['labels.none'], filter?.authors], [['wip'], ['!renovate[bot]']]);
});

test('what is printed is the same file again, and a change of a reminder is one at once', async (t) => {
  const config = await load(t, FILE);
  const printed = parse(printConfig(describeConfig(config, await rowsOf(CATALOG)), 'yaml'));
  const again = await load(
    t,
    HEAD +
      JSON.stringify({ reminders: printed.reminders })
        .slice(1, -1)
        .replace(/^"reminders":/, 'reminders: '),
  );
  assert.deepEqual(
    again.reminders.map(({ schedule, olderThanMs }) => [schedule, olderThanMs]),
    config.reminders.map(({ schedule, olderThanMs }) => [schedule, olderThanMs]),
  );
  assert.deepEqual(
    again.reminders.map(({ rule }) => [...rule.on]),
    config.reminders.map(({ rule }) => [...rule.on]),
  );
  const other = await load(t, FILE.replace('9:30', '9:31'));
  assert.deepEqual(
    [changes(config, other).atOnce, changes(config, other).atStart.includes('reminders')],
    [true, false],
  );
});

const WRONG: readonly (readonly [lines: string, where: RegExp, message: RegExp])[] = [
  ['r: { zone: UTC }', /:6/, /at is missing/],
  ['r: { at: "25:00", zone: UTC }', /:6/, /at must be a time of day, as in "09:30"/],
  ['r: { at: "9:30", zone: Berlin }', /:6/, /Did you mean "Europe\/Berlin"/],
  ['r: { at: "9:30", zone: UTC, days: [monday] }', /:6/, /mon/],
  [
    'r: { at: "9:30", zone: UTC, except: [2026-02-30] }',
    /:6/,
    /must be a day, as in 2026-12-25, or 12-25 for every year/,
  ],
  ['r: { at: "9:30", zone: UTC, older_than: long }', /:6/, /must be a time such as 4h, 2d or 1w/],
  ['r: { at: "9:30", zone: UTC, to: [] }', /:6/, /so nobody is reminded/],
  ['r: { at: "9:30", zone: UTC, to: taem }', /:6/, /no destination is named "taem"\. Did you mean "team"/],
  ['r: { at: "9:30", zone: UTC, to: "@mona" }', /:6/, /no destination sends any/],
  ['r: { at: "9:30", zone: UTC, repos: [frontend] }', /:6/, /no list in repos is named/],
  ['r: { at: "9:30", zone: UTC, mention: "@hubot" }', /:6/, /is not in people/],
  ['r: { at: "9:30", zone: UTC, teams: acme/nobody }', /:6/, /acme\/nobody/],
  ['r: { at: "9:30", zone: UTC, label: [wip] }', /:6/, /labels/],
  ['"a b": { at: "9:30", zone: UTC }', /:6/, /cannot be a name/],
];

test('what is wrong is named with its place, and what to write instead', async (t) => {
  for (const [lines, where, message] of WRONG) {
    const error = await load(t, `${HEAD}reminders:\n  ${lines}\n`).then(
      () => assert.fail(`${lines} passed`),
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof ConfigError, String(error));
    const [problem] = error.problems;
    assert.match(`${problem?.where} ${problem?.message}`, message, lines);
    assert.equal(error.problems.length, 1, error.message);
    assert.match(`${problem?.where} ${problem?.message}`, where);
  }
});

test('beside reminders no source has the name of theirs', async (t) => {
  const sources = 'sources: { tidings: { provider: github } }\n';
  await load(t, sources);
  await assert.rejects(load(t, `${sources}${FILE}`), /"tidings" is the source of what reminders say/);
  const later = 'rules: [{ on: issues, to: desk, after: 30m }]\n';
  await assert.rejects(load(t, `${HEAD}${sources}${later}`), /"tidings" is the source of what reminders say/);
});

test('what is wrong in a reminder is shown as it stands there: it holds no secrets', async (t) => {
  const refused = (keys: string) => load(t, `${HEAD}reminders: { morning: { ${keys} } }\n`).then(() => '', String);
  assert.match(
    await refused('at: "25:00", zone: UTC'),
    /at must be a time of day[^]*morning: { at: "25:00", zone: UTC }/,
  );
  assert.match(
    await refused('at: "9:30", zone: Europe/Berln'),
    /Did you mean "Europe\/Berlin"\?[^]*zone: Europe\/Berln }/,
  );
});
