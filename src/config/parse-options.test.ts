import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { CATALOG } from '../catalog.ts';
import type {
  PersonOptions,
  ReminderOptions,
  RetentionOptions,
  RuleOptions,
  TeamOptions,
} from '../library/rule-options.ts';
import { ConfigError } from './config-error.ts';
import { parseOptions } from './parse-options.ts';
import { DEFAULT_RETENTION } from './retention/retention-of.ts';

const DAY_MS = 86_400_000;

interface Given {
  readonly rules?: readonly RuleOptions[];
  readonly people?: Readonly<Record<string, PersonOptions>>;
  readonly teams?: Readonly<Record<string, TeamOptions>>;
  readonly retention?: RetentionOptions;
  readonly reminders?: Readonly<Record<string, ReminderOptions>>;
}

function parsed({ rules, people, teams, retention, reminders }: Given) {
  const destinations = ['team', 'desk'].map((name) => ({ name, type: 'custom' }));
  return parseOptions({
    catalog: CATALOG,
    rules,
    people,
    teams,
    retention,
    reminders,
    sources: [{ name: 'github', provider: 'github' }],
    destinations,
  });
}

async function problems(given: Given): Promise<readonly string[]> {
  try {
    await parsed(given);
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error.problems.map(({ where, message }) => `${where}: ${message}`);
  }
}

test('rules in code say what a file says, and events may have any name', async () => {
  const { rules, directory } = await parsed({
    rules: [
      {
        on: { pull_request: { branches: { head: 'fix/*' }, teams: 'acme/web' }, pulsar_shipped: true, '*': null },
        ignore: ['own', 'drafts'],
        if: 'activity.isFork == false',
        settle: 20,
        quiet: { days: ['sat', 'sun'], zone: 'UTC' },
        mention: ['author', '@Mona'],
      },
    ],
    people: { Mona: { slack: 'U012AB3CD', destination: 'desk' }, bob: 'U012AB3CE' },
    teams: { 'acme/web': ['mona'], 'acme/ops': 'S0614TZR7' },
  });
  const [rule] = rules;
  assert.deepEqual([...(rule?.on.keys() ?? [])], ['pull_request', 'pulsar_shipped', '*']);
  assert.deepEqual(rule?.on.get('pull_request')?.['branches.head'], ['fix/*']);
  assert.deepEqual(
    [rule?.settleMs, rule?.condition?.text, rule?.mention],
    [20_000, 'activity.isFork == false', ['author', '@Mona']],
  );
  assert.deepEqual(rule?.quiet, { hours: [], days: [6, 0], zone: 'UTC' });
  assert.deepEqual([...directory.owners], [['desk', 'mona']]);
  assert.deepEqual(directory.teams.get('acme/web'), { ids: {}, members: new Set(['mona']) });
});

test('what is wrong is told with its place in the options', async () => {
  assert.deepEqual(
    await problems({
      rules: [
        { on: { issues: { conclusion: 'failure' } }, to: 'teem' },
        { on: 'push', if: 'activity.actr.login == "x"', mention: 'acme/web' },
      ],
      people: { mona: 'mona' },
    }),
    [
      'people.mona: mona must be a member id, as in U012AB3CD: at Slack, the profile → ⋮ → Copy member ID.',
      'rules[0].on.issues.conclusion: issues has no conclusion, so this would never match: conclusion is for workflow_run, deployment_status or check_run.',
      'rules[0].to: no destination is named "teem". Did you mean "team"?',
      'rules[1].mention: "acme/web" is not in teams. Add it: `teams: { acme/web: { members: [mona] } }`.',
      'rules[1].if: an activity has no "actr". Did you mean "actor"?',
    ],
  );
});

test('how long what is kept is said as in a file, and checked in the same words', async () => {
  const retention = { bodies: '7d', events: 'forever', archive_to: 'old', 'acme/secret-*': { bodies: '1d' } };
  assert.deepEqual((await parsed({ retention })).retention, {
    ...DEFAULT_RETENTION,
    bodies: 7 * DAY_MS,
    events: null,
    archiveTo: resolve('old'),
    exceptions: [{ source: null, repo: 'acme/secret-*', bodies: DAY_MS }],
  });
  assert.deepEqual((await parsed({})).retention, DEFAULT_RETENTION);
  assert.deepEqual(await problems({ retention: { bodies: '30', maxSize: '10GB', 'acme/x': '1d' } }), [
    'retention.maxSize: maxSize is not a key here: write `max_size:`.',
    'retention.acme/x: must be settings: write `acme/x: { bodies: 1d }`.',
    'retention.bodies: bodies needs a unit, as in 30d for 30 days; or write forever.',
  ]);
  assert.match(
    (await problems({ retention: { bodies: '365d' } }))[0] ?? '',
    /^retention\.bodies: bodies is longer than/,
  );
});

test('reminders in code say what a file says, and what is wrong has its place', async () => {
  const morning: ReminderOptions = { at: '09:30', zone: 'UTC', days: 'mon', labels: { none: 'wip' }, to: 'team' };
  const { reminders } = await parsed({ reminders: { morning } });
  assert.deepEqual(
    reminders.map(({ name, schedule, rule }) => [name, schedule.minute, schedule.days, rule.to, rule.ignore]),
    [['morning', 570, [1], ['team'], ['drafts']]],
  );
  assert.deepEqual((await parsed({})).reminders, []);
  const [wrong, other] = await problems({ reminders: { morning: { ...morning, at: '25:00', to: 'taem' } } });
  assert.match(
    `${wrong} ${other}`,
    /reminders\.morning\.at: .*reminders\.morning\.to: no destination is named "taem"/s,
  );
});
