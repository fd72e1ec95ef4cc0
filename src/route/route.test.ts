import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { anActivity } from '../../tests/fixtures/activities.ts';
import { aRule } from '../../tests/fixtures/rules.ts';
import type { Activity } from '../model/activity.ts';
import type { ActivityFields } from '../model/new-activity.ts';
import type { OnFilter, Rule } from '../model/rule.ts';
import type { Transition } from '../model/scales.ts';
import { createRoute } from './route.ts';

/** The rules at noon of a day in January, when nobody is quiet. */
function routed(rules: readonly Rule[]) {
  const route = createRoute(rules);
  return (told: Activity, transition: Transition | null = null) =>
    route({ activity: told, transition }, Date.UTC(2026, 0, 15, 12));
}

function activity(kind: string, changes: Partial<ActivityFields> = {}): Activity {
  const [type = kind, action = null] = kind.split('.');
  return anActivity({ kind, type, action, ...changes });
}

function tells(rules: readonly Rule[], told: Activity): readonly string[] {
  return routed(rules)(told).tell.map(({ destination }) => destination);
}

describe('a rule', () => {
  test('matches by event type and action', () => {
    const rules = [aRule('a', { issues: { types: ['opened'] } })];
    assert.deepEqual(tells(rules, activity('issues.opened')), ['team']);
    assert.deepEqual(tells(rules, activity('issues.closed')), []);
    assert.deepEqual(tells(rules, activity('pull_request.opened')), []);
  });

  test('without types matches an activity that has no action, with types it does not', () => {
    assert.deepEqual(tells([aRule('a', { push: {} })], activity('push')), ['team']);
    const decision = routed([aRule('a', { push: { types: ['created'] } })])(activity('push'));
    assert.deepEqual(decision.trace.rules[0]?.checks[1], {
      check: 'on.types',
      wanted: 'created',
      actual: 'no action',
      ok: false,
    });
  });

  test('about closed pull requests leaves merged ones out', () => {
    const rules = [aRule('a', { pull_request: { types: ['closed'] } })];
    assert.deepEqual(tells(rules, activity('pull_request.closed')), ['team']);
    assert.deepEqual(tells(rules, activity('pull_request.merged')), []);
  });

  test('takes branches by globs, with exclusions that win wherever they stand', () => {
    for (const branches of [
      ['main', 'release/**', '!release/old'],
      ['!release/old', 'release/**', 'main'],
    ]) {
      const rules = [aRule('a', { push: { branches } })];
      assert.deepEqual(tells(rules, activity('push', { branch: 'main' })), ['team']);
      assert.deepEqual(tells(rules, activity('push', { branch: 'release/1/2' })), ['team']);
      assert.deepEqual(tells(rules, activity('push', { branch: 'release/old' })), []);
      assert.deepEqual(tells(rules, activity('push', { branch: 'release' })), []);
      assert.deepEqual(tells(rules, activity('push', { branch: 'Main' })), []);
    }
  });

  test('whose repositories are exclusions only takes every other repository', () => {
    const rules = [aRule('a', { push: {} }, { repos: ['!acme/sandbox', '!*/.github'] })];
    assert.deepEqual(tells(rules, activity('push')), ['team']);
    assert.deepEqual(tells(rules, activity('push', { place: { name: 'Acme/Sandbox', url: '' } })), []);
    assert.deepEqual(tells(rules, activity('push', { place: { name: 'acme/.github', url: '' } })), []);
  });

  test('takes the sources that it names, by globs, and a place of another kind as a repository', () => {
    const rules = [aRule('a', { push: {} }, { sources: ['git*', '!github-old'], repos: ['acme'] })];
    const place = { name: 'acme', url: '' };
    assert.deepEqual(tells(rules, activity('push', { source: 'github', place })), ['team']);
    assert.deepEqual(tells(rules, activity('push', { source: 'github-old', place })), []);
    const { trace } = routed(rules)(activity('push', { source: 'stripe', place }));
    assert.deepEqual(trace.rules[0]?.checks[1], {
      check: 'sources',
      wanted: 'git*, !github-old',
      actual: 'stripe',
      ok: false,
    });
  });

  test('compares repositories and labels without regard to case', () => {
    const rules = [aRule('a', { issues: { 'labels.any': ['Bug'] } }, { repos: ['ACME/*'] })];
    assert.deepEqual(tells(rules, activity('issues.opened', { labels: ['bug'] })), ['team']);
  });

  test('asks for any, all and none of the labels at once', () => {
    const labels = { 'labels.any': ['bug', 'crash'], 'labels.all': ['p1'], 'labels.none': ['wip'] };
    const rules = [aRule('a', { issues: labels })];
    assert.deepEqual(tells(rules, activity('issues.opened', { labels: ['crash', 'p1'] })), ['team']);
    assert.deepEqual(tells(rules, activity('issues.opened', { labels: ['crash'] })), []);
    assert.deepEqual(tells(rules, activity('issues.opened', { labels: ['p1'] })), []);
    assert.deepEqual(tells(rules, activity('issues.opened', { labels: ['crash', 'p1', 'wip'] })), []);
    assert.deepEqual(tells(rules, activity('issues.opened')), []);
  });

  test('ignores bots and drafts, and an activity that names nobody is not by a bot', () => {
    const rules = [aRule('a', { pull_request: {} }, { ignore: ['bots', 'drafts'] })];
    const bot = { login: 'dependabot[bot]', url: null, avatarUrl: null, isBot: true };
    assert.deepEqual(tells(rules, activity('pull_request.opened')), ['team']);
    assert.deepEqual(tells(rules, activity('pull_request.opened', { actor: null })), ['team']);
    assert.deepEqual(tells(rules, activity('pull_request.opened', { actor: bot })), []);
    assert.deepEqual(tells(rules, activity('pull_request.opened', { isDraft: true })), []);
  });

  test('takes an event by its whole name, by its type, or as every other, in this order', () => {
    const rules = [
      aRule('a', { 'invoice.updated': {}, invoice: { types: ['paid'] } }, { to: ['a'] }),
      aRule('b', { 'customer.subscription': {} }, { to: ['b'] }),
      aRule('c', { 'invoice.paid': { currencies: ['EUR'] }, '*': {} }, { to: ['c'] }),
    ];
    assert.deepEqual(tells(rules, activity('invoice.updated', { isMinor: true })), ['a']);
    assert.deepEqual(tells(rules, activity('invoice.paid', { currency: 'EUR' })), ['a', 'c']);
    assert.deepEqual(tells(rules, activity('invoice.paid', { currency: 'USD' })), ['a']);
    assert.deepEqual(tells(rules, activity('invoice.voided')), ['c']);
    const subscription = { kind: 'customer.subscription.deleted', type: 'customer.subscription', action: 'deleted' };
    assert.deepEqual(tells(rules, anActivity(subscription)), ['b', 'c']);
    assert.deepEqual(tells(rules, anActivity({ ...subscription, isMinor: true })), []);
  });
});

describe('a rule that settles', () => {
  const labels = { 'labels.any': ['bug'], 'labels.none': ['wip'] };
  const bugs = aRule('a', { issues: { types: ['opened', 'closed'], ...labels } }, { settleMs: 20_000 });
  const waits = (told: Activity, rules: readonly Rule[] = [bugs]) => routed(rules)(told).settleMs;
  const opened = (changes: Partial<ActivityFields> = {}) =>
    activity('issues.opened', { thread: 'acme/api#1', ...changes });

  test('waits for labels while they may still decide, also where they say yes now', () => {
    assert.equal(waits(opened()), 20_000);
    assert.equal(waits(opened({ labels: ['bug'] })), 20_000);
    assert.equal(waits(opened(), [bugs, { ...bugs, name: 'b', settleMs: 60_000 }]), 60_000);
  });

  test('does not wait where something else says no, later, or about what has no thread', () => {
    assert.equal(waits(opened({ place: null }), [{ ...bugs, repos: ['acme/*'] }]), 0);
    assert.equal(waits(activity('issues.closed', { thread: 'acme/api#1' })), 0);
    assert.equal(waits(activity('push')), 0);
    assert.equal(waits(opened({ thread: null })), 0);
    const comments = aRule('c', { issue_comment: labels }, { settleMs: 20_000 });
    assert.equal(waits(activity('issue_comment.created', { thread: 'acme/api#1' }), [comments]), 0);
  });

  test('is not asked after one that stopped', () => {
    const first = aRule('first', { issues: {} }, { stop: true });
    assert.equal(waits(opened(), [first, bugs]), 0);
  });
});

describe('a rule about files', () => {
  const api = aRule('a', { pull_request: { types: ['opened'], paths: ['src/**', '!**/*.md'] } });
  const told = (changes: Partial<ActivityFields>) => activity('pull_request.opened', { pullRequest: 12, ...changes });

  test('wants to know them only when all else holds', () => {
    assert.equal(routed([api])(told({})).wantsPaths, true);
    assert.equal(routed([api])(told({ action: 'closed' })).wantsPaths, false);
    assert.equal(routed([api])(told({ pullRequest: null })).wantsPaths, false);
  });

  test('matches when one of them is wanted and not excluded', () => {
    assert.deepEqual(tells([api], told({ paths: ['README.md', 'src/a.ts'] })), ['team']);
    assert.deepEqual(tells([api], told({ paths: ['src/a.md'] })), []);
    assert.deepEqual(tells([api], told({ paths: [] })), []);
  });
});

describe('a rule about people, places and results', () => {
  const is = (filter: Partial<OnFilter>, changes: Partial<ActivityFields>) =>
    tells([aRule('a', { pull_request: filter })], activity('pull_request.opened', changes)).length === 1;

  test('asks for the author by globs without case, brackets and all', () => {
    assert.equal(is({ authors: ['Mona'] }, { author: 'mona' }), true);
    assert.equal(is({ authors: ['!*[bot]'] }, { author: 'dependabot[bot]' }), false);
    assert.equal(is({ authors: ['!*[bot]'] }, { author: 'robot' }), true);
    assert.equal(is({ authors: ['!*[bot]'] }, { author: null }), false);
  });

  test('asks for any name of a workflow by globs without case; one that is left out is enough', () => {
    const workflow = ['Build [Linux]', 'build.yml', '.github/workflows/build.yml'];
    const runs = (...workflows: readonly string[]) => is({ workflows }, { workflow });
    assert.deepEqual(
      [runs('build [linux]'), runs('build.yml'), runs('.github/workflows/*'), runs('ci', 'Build*')],
      [true, true, true, true],
    );
    assert.deepEqual(
      [runs('ci'), runs('Build L'), runs('Build*', '!build.yml'), runs('!*.yml')],
      [false, false, false, false],
    );
    assert.deepEqual([runs('!ci.yml'), is({ workflows: ['!ci.yml'] }, { workflow: [] })], [true, false]);
    const [rule] = routed([aRule('a', { pull_request: { workflows: ['ci'] } })])(
      activity('pull_request.opened', { workflow }),
    ).trace.rules;
    assert.deepEqual(rule?.checks.at(-1), {
      check: 'on.workflows',
      wanted: 'ci',
      actual: workflow.join(', '),
      ok: false,
    });
  });

  test('a check says where its rule has it from', () => {
    const rule = aRule(
      'a',
      { pull_request: {} },
      { repos: ['acme/*'], ignore: ['bots'], from: { ignore: 'defaults' } },
    );
    const [trace] = routed([rule])(activity('pull_request.opened')).trace.rules;
    assert.deepEqual(
      trace?.checks.map(({ check, from }) => [check, from]),
      [
        ['on', undefined],
        ['repos', undefined],
        ['ignore.bots', 'defaults'],
      ],
    );
  });

  test('asks for head branches, tags, conclusion, transition and severity; what is not there does not match', () => {
    assert.equal(is({ 'branches.head': ['fix/*'] }, { head: 'fix/a' }), true);
    assert.equal(is({ 'branches.head': ['fix/*'] }, { head: null }), false);
    assert.equal(is({ tags: ['v*'] }, { tag: 'v1' }), true);
    assert.equal(is({ conclusion: ['failure'] }, { conclusion: 'failure' }), true);
    const fixed = routed([aRule('a', { pull_request: { transition: ['fixed'] } })]);
    assert.equal(fixed(activity('pull_request.opened'), 'fixed').tell.length, 1);
    assert.equal(fixed(activity('pull_request.opened'), 'broke').tell.length, 0);
    assert.equal(is({ severity: ['high'] }, {}), false);
  });

  test('"*" is every event that is not named, and a minor one only where its action is', () => {
    const rules = [aRule('a', { '*': {}, star: { types: ['created'] } })];
    assert.deepEqual(tells(rules, activity('agent_task.started')), ['team']);
    assert.deepEqual(tells(rules, activity('star.deleted')), []);
    assert.deepEqual(tells(rules, activity('issues.labeled', { isMinor: true })), []);
    assert.deepEqual(
      tells([aRule('b', { issues: { types: ['labeled'] } })], activity('issues.labeled', { isMinor: true })),
      ['team'],
    );
    const { reason } = routed(rules)(activity('issues.labeled', { isMinor: true }));
    assert.equal(reason, 'no rule names issues.labeled, which is minor');
  });
});

describe('several rules', () => {
  test('tell each destination once, for the first rule that asked', () => {
    const rules = [aRule('a', { push: {} }, { to: ['x', 'y', 'x'] }), aRule('b', { push: {} }, { to: ['y', 'z'] })];
    assert.deepEqual(routed(rules)(activity('push')).tell, [
      { destination: 'x', rule: 'a', mentions: [], notBefore: null },
      { destination: 'y', rule: 'a', mentions: [], notBefore: null },
      { destination: 'z', rule: 'b', mentions: [], notBefore: null },
    ]);
  });

  test('end at a matching one with stop, and the rest were not asked', () => {
    const rules = [
      aRule('other', { star: {} }, { stop: true }),
      aRule('a', { push: {} }, { stop: true }),
      aRule('b', { push: {} }, { to: ['x'] }),
    ];
    const { tell, trace } = routed(rules)(activity('push'));
    assert.deepEqual(tell, [{ destination: 'team', rule: 'a', mentions: [], notBefore: null }]);
    assert.deepEqual(
      trace.rules.map(({ result }) => result),
      ['no_match', 'matched', 'not_asked'],
    );
    assert.deepEqual(trace.rules[2]?.checks, []);
  });
});

describe('the trace', () => {
  test('holds every check of a rule of that event type, also after a no', () => {
    const filter = { types: ['opened'], branches: ['main'], 'labels.none': ['wip'] };
    const rules = [aRule('a', { pull_request: filter, push: {} }, { repos: ['acme/*'], ignore: ['bots', 'drafts'] })];
    const { trace } = routed(rules)(activity('pull_request.closed', { labels: ['wip', 'p1'], place: null }));
    assert.deepEqual(trace, {
      kind: 'pull_request.closed',
      rules: [
        {
          rule: 'a',
          result: 'no_match',
          to: ['team'],
          checks: [
            { check: 'on', wanted: 'pull_request, push', actual: 'pull_request', ok: true },
            { check: 'on.types', wanted: 'opened', actual: 'closed', ok: false },
            { check: 'on.branches', wanted: 'main', actual: 'no branch', ok: false },
            { check: 'on.labels.none', wanted: 'wip', actual: 'wip, p1', ok: false },
            { check: 'repos', wanted: 'acme/*', actual: 'no repository', ok: false },
            { check: 'ignore.bots', wanted: 'not a bot', actual: 'mona', ok: true },
            { check: 'ignore.drafts', wanted: 'not a draft', actual: 'not a draft', ok: true },
          ],
        },
      ],
    });
  });

  test('needs one check for another event type', () => {
    const { trace } = routed([aRule('a', { star: {} }, { repos: ['x/*'] })])(activity('push'));
    assert.deepEqual(trace.rules[0]?.checks, [{ check: 'on', wanted: 'star', actual: 'push', ok: false }]);
  });

  test('keeps every text within 200 characters', () => {
    const labels = Array.from({ length: 100 }, (_, index) => `label-${index}`);
    const { trace } = routed([aRule('a', { issues: { 'labels.any': labels } })])(activity('issues.opened', { labels }));
    assert.equal(trace.rules[0]?.checks[1]?.actual.length, 200);
    assert.equal(trace.rules[0]?.checks[1]?.wanted.length, 200);
  });
});

describe('the reason when nobody is told', () => {
  const rules = [
    aRule('reviews', { issues: { 'labels.none': ['wip'] } }),
    aRule('api', { issues: {} }, { repos: ['acme/web'] }),
    aRule('stars', { star: {} }),
  ];

  test('says that no rule is about it', () => {
    assert.equal(routed(rules)(activity('milestone.created')).reason, 'no rule is about milestone.created');
    assert.equal(routed([])(activity('push')).reason, 'no rule is about push');
  });

  test('names the rules that came near, with what they missed', () => {
    assert.equal(
      routed(rules)(activity('issues.opened', { labels: ['wip'] })).reason,
      'no rule matched: 2 were about issues.opened (reviews: on.labels.none; api: repos)',
    );
    assert.equal(
      routed(rules.slice(1))(activity('issues.opened')).reason,
      'no rule matched: 1 was about issues.opened (api: repos)',
    );
  });

  test('says when a rule matched that tells nobody', () => {
    const mute = aRule('mute', { push: {} }, { to: [], stop: true });
    assert.equal(routed([mute])(activity('push')).reason, 'rule mute matched and tells nobody');
  });

  test('is absent when somebody is told', () => {
    assert.equal(routed([aRule('a', { push: {} })])(activity('push')).reason, null);
  });
});

test('a hundred rules all tell, each its own', () => {
  const rules = Array.from({ length: 100 }, (_, index) =>
    aRule(
      `rule-${index}`,
      {
        pull_request: {
          types: ['opened', 'merged'],
          branches: ['main', 'release/**', '!release/old-*'],
          'labels.any': ['bug', `team-${index}`],
          'labels.none': ['wip'],
        },
      },
      { repos: ['acme/*', '!acme/sandbox'], ignore: ['bots', 'drafts'], to: [`room-${index}`] },
    ),
  );
  const route = routed(rules);
  const opened = activity('pull_request.opened', { branch: 'release/2.1', labels: ['bug', 'p1'] });
  assert.deepEqual(
    route(opened).tell.map(({ destination }) => destination),
    rules.flatMap(({ to }) => to),
  );
});
