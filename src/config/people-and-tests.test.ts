import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { CATALOG } from '../catalog.ts';
import { ANY } from '../model/rule.ts';
import { fingerprint } from './changes.ts';
import type { Config } from './config.ts';
import { describeConfig } from './describe/describe-config.ts';
import { printConfig } from './describe/print-config.ts';
import { loadConfig } from './load-config.ts';
import { rowsOf } from './rows/rows.ts';

const ROWS = await rowsOf(CATALOG);

const ENV = { GITHUB_WEBHOOK_SECRET: 'known', TOKEN: 'xoxb-1-a', GROUP: 'S0614TZR8' };

async function load(t: TestContext, yaml: string): Promise<Config & { cwd: string }> {
  const cwd = mkdtempSync(join(tmpdir(), 'tidings-people-'));
  t.after(() => rmSync(cwd, { recursive: true, force: true }));
  writeFileSync(join(cwd, 'tidings.yaml'), yaml);
  return { ...(await loadConfig({ catalog: CATALOG, env: ENV, cwd })), cwd };
}

const FILE = `destinations:
  team: { type: console }
  desk: { type: console }
  mona: { type: slack, token: "\${TOKEN}", channel: U012AB3CD }
people:
  Mona: U012AB3CD
  priya-k: { slack: U024BE7LH, destination: desk }
  guest: { destination: team }
teams:
  Acme/Backend: { slack: S0614TZR7, members: [Mona, priya-k] }
  acme/web: "\${GROUP}"
  acme/ops: [guest]
rules:
  - name: all
    on:
      "*":
      pull_request:
        types: opened
        branches: { base: [main], head: "!bot/**" }
        paths: ["src/**", "!**/*.md"]
        authors: "!*[bot]"
        teams: acme/backend
      push: { branches: main, tags: "v*" }
      workflow_run: { conclusion: failure, transition: [broke, fixed] }
      dependabot_alert: { severity: critical }
    ignore: [drafts, forks, own]
    if: |
      activity.actor.login != "mona"
    settle: 1.5m
    quiet: { hours: ["22:00-7:30", "12:00-13:00"], days: [sat, sun], zone: Europe/Berlin }
    mention: [asked, "@mona", acme/backend]
    to: [team, desk, mona]
tests:
  - { name: a, event: pull_request.opened, set: { pull_request.labels: [{ name: bug }] }, previous: failure, expect: { team: ["@mona", acme/backend], desk: , mona: [] } }
  - { name: b, payload: payloads/push.json, type: push, at: "2026-01-15T23:30:00+01:00", expect: [] }
`;

test('who is who has no case, in every form; a destination is whose it says, or whose direct messages it is', async (t) => {
  const { directory } = await load(t, FILE);
  assert.deepEqual(directory, {
    people: new Map([
      ['mona', { ids: { slack: 'U012AB3CD' } }],
      ['priya-k', { ids: { slack: 'U024BE7LH' } }],
      ['guest', { ids: {} }],
    ]),
    teams: new Map([
      ['acme/backend', { ids: { slack: 'S0614TZR7' }, members: new Set(['mona', 'priya-k']) }],
      ['acme/web', { ids: { slack: 'S0614TZR8' }, members: new Set() }],
      ['acme/ops', { ids: {}, members: new Set(['guest']) }],
    ]),
    owners: new Map([
      ['team', 'guest'],
      ['desk', 'priya-k'],
      ['mona', 'mona'],
    ]),
  });
});

test('a rule asks, waits, keeps still and calls', async (t) => {
  const [rule] = (await load(t, FILE)).rules;
  assert.deepEqual(
    { ...rule, condition: rule?.condition?.text },
    {
      name: 'all',
      on: new Map([
        ['*', ANY],
        [
          'pull_request',
          {
            ...ANY,
            types: ['opened'],
            branches: ['main'],
            'branches.head': ['!bot/**'],
            paths: ['src/**', '!**/*.md'],
            authors: ['!*[bot]'],
            teams: ['acme/backend'],
          },
        ],
        ['push', { ...ANY, branches: ['main'], tags: ['v*'] }],
        ['workflow_run', { ...ANY, conclusion: ['failure'], transition: ['broke', 'fixed'] }],
        ['dependabot_alert', { ...ANY, severity: ['critical'] }],
      ]),
      sources: null,
      repos: null,
      ignore: ['drafts', 'forks', 'own'],
      condition: 'activity.actor.login != "mona"\n',
      template: null,
      settleMs: 90_000,
      quiet: {
        hours: [
          { from: 1320, to: 450 },
          { from: 720, to: 780 },
        ],
        days: [6, 0],
        zone: 'Europe/Berlin',
      },
      to: ['team', 'desk', 'mona'],
      mention: ['asked', '@mona', 'acme/backend'],
      thread: null,
      stop: false,
      from: {},
    },
  );
});

test('tests name a sample or a file beside the configuration', async (t) => {
  const { tests, cwd } = await load(t, FILE);
  assert.deepEqual(tests, [
    {
      name: 'a',
      payload: { kind: 'sample', name: 'pull_request.opened' },
      set: new Map([['pull_request.labels', [{ name: 'bug' }]]]),
      files: null,
      previous: 'failure',
      at: null,
      says: null,
      expect: [
        { destination: 'team', called: ['mona', 'acme/backend'] },
        { destination: 'desk', called: null },
        { destination: 'mona', called: [] },
      ],
    },
    {
      name: 'b',
      payload: { kind: 'file', path: join(cwd, 'payloads/push.json'), type: 'push' },
      set: new Map(),
      files: null,
      previous: null,
      at: Date.parse('2026-01-15T22:30:00Z'),
      says: null,
      expect: [],
    },
  ]);
});

test('what is printed of people, teams, rules and tests is a file again, without what came out of a variable', async (t) => {
  const config = await load(t, FILE);
  const { people, teams, rules, tests } = describeConfig(config, ROWS);
  assert.deepEqual(people, {
    mona: { slack: 'U012AB3CD' },
    'priya-k': { slack: 'U024BE7LH', destination: 'desk' },
    guest: { destination: 'team' },
  });
  assert.equal((teams as Record<string, unknown>)['acme/web'], '[from GROUP]');
  const destinations = FILE.slice(0, FILE.indexOf('people:'));
  const printed = printConfig(
    { people, teams: { ...(teams as object), 'acme/web': 'S0614TZR8' }, rules, tests },
    'yaml',
  );
  const again = await load(t, `${destinations}${printed}\n`);
  const meaning = (of: Config) => fingerprint([of.directory, of.rules, of.tests]);
  assert.equal(meaning(again), meaning(config));
});

test('names that this version does not know are taken as they are, and noted with their place', async (t) => {
  const { notes, rules } = await load(
    t,
    'rules:\n  - on:\n      agent_task: [started]\n      issues: [opened, enchanted]\n',
  );
  assert.deepEqual([...(rules[0]?.on.keys() ?? [])], ['agent_task', 'issues']);
  assert.equal(notes.length, 2);
  assert.equal(
    notes[0],
    'tidings.yaml:3:7: "agent_task" is not known to this version: when GitHub sends it, it is told in general words.',
  );
  assert.match(
    notes[1] ?? '',
    /^tidings\.yaml:4:24: "enchanted", of issues, is not known to this version: .* Known: assigned, /,
  );
});
