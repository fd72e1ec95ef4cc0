import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aMergedPullRequest, anActivity, content } from '../../../tests/fixtures/activities.ts';
import { StepBudget } from '../steps.ts';
import { compileCondition } from './condition.ts';
import { activityValue } from './condition-fields.ts';

function answer(text: string, activity = anActivity()) {
  const compiled = compileCondition(text);
  assert.ok(compiled.ok, compiled.ok ? '' : compiled.message);
  return compiled.condition.ask(activityValue(content(activity)), new StepBudget());
}

function fault(text: string) {
  const compiled = compileCondition(text);
  assert.ok(!compiled.ok, `${text} should not compile`);
  return { message: compiled.message, under: text.slice(compiled.start, compiled.end) };
}

describe('a condition', () => {
  test('reads everything that the activity says', () => {
    for (const text of [
      'activity.kind == "pull_request.merged" && activity.actor.login == "hubot"',
      'activity.repo.owner == "acme" && activity.repo.name in ["api", "web"]',
      'activity.branch == "main" && activity.head.startsWith("retry-")',
      'activity.subject.title.matches("(?i:BACKOFF)")',
      'activity.pullRequest > 100 && size(activity.labels) == 1',
      'activity.labels.exists(l, l.startsWith("kind/"))',
      '!activity.isDraft && !activity.actor.isBot',
    ]) {
      const merged = aMergedPullRequest({ pullRequest: 128, labels: ['kind/bug'] });
      assert.deepEqual(answer(text, merged), { ok: true, value: true }, text);
    }
  });

  test('compares an amount with whole numbers and with others', () => {
    for (const text of [
      'activity.amount > 100',
      'activity.amount >= 100.5',
      'activity.amount < 101 && activity.isTest',
    ]) {
      assert.deepEqual(answer(text, anActivity({ amount: 100.5, isTest: true })), { ok: true, value: true }, text);
    }
    assert.deepEqual(answer('activity.amount == 20', anActivity({ amount: 20 })), { ok: true, value: true });
    assert.deepEqual(answer('activity.amount > 1'), { ok: false, missing: 'no amount' });
  });

  test('about something that is not there is no match, and says what is missing', () => {
    assert.deepEqual(answer('activity.severity == "high"'), { ok: false, missing: 'no severity' });
    assert.deepEqual(answer('activity.severity != "high"'), { ok: false, missing: 'no severity' });
    assert.deepEqual(answer('activity.actor.login == "mona"', anActivity({ actor: null })), {
      ok: false,
      missing: 'no actor',
    });
    assert.deepEqual(answer('has(activity.severity) && activity.severity == "high"'), { ok: true, value: false });
  });

  test('may end in a comment, and is no part of another', () => {
    assert.deepEqual(answer('activity.kind == "issues.opened" // as always'), { ok: true, value: true });
    assert.match(fault('true) || (true').message, /^this is not CEL/);
    assert.match(fault('whole(true)').message, /whole/);
  });

  test('that runs into a fault is no match and does not throw', () => {
    assert.equal(answer('activity.labels[5] == "x"').ok, false);
    assert.deepEqual(answer('activity.subject.title.matches(activity.subject.title + "(")'), {
      ok: false,
      missing: '"(" has no closing bracket',
    });
    assert.equal(answer('1 / size(activity.labels) == 1').ok, false);
  });
});

describe('a fault is found when it is compiled', () => {
  test('a field that is none, with the one that was meant', () => {
    assert.deepEqual(fault('activity.actr.login == "x"'), {
      message: 'an activity has no "actr". Did you mean "actor"?',
      under: 'actr',
    });
    assert.deepEqual(
      fault('activity.subject.titel == ""').message,
      'an activity has no "titel". Did you mean "title"?',
    );
    assert.equal(fault('activity.became == ""').message, 'an activity has no "became". Did you mean "headline"?');
    assert.equal(fault('activity.constructor == ""').message, 'an activity has no "constructor".');
  });

  test('a name that is not known', () => {
    assert.deepEqual(fault('activty.kind == "push"'), {
      message: '"activty" is not known here: everything is in `activity`. Did you mean "activity"?',
      under: 'activty',
    });
  });

  test('a misspelt method', () => {
    assert.match(fault('activity.kind.startWith("a")').message, /Did you mean "startsWith"\?/);
  });

  test('things that cannot be compared, a single equals sign, an end too early, something that is not true or false', () => {
    assert.match(fault('activity.kind == 1').message, /cannot go together: string == int/);
    assert.deepEqual(fault('activity.kind = "x"'), { message: 'a comparison is written ==.', under: '=' });
    assert.match(fault('activity.kind == ').message, /^it ends too early/);
    assert.match(fault('activity.kind').message, /must be true or false, and this is text/);
    assert.match(fault('').message, /./);
  });

  test('a pattern that is none, at its very characters', () => {
    assert.deepEqual(fault('activity.subject.title.matches("(((")'), {
      message: 'in this pattern, "(" has no closing bracket.',
      under: '(',
    });
    assert.deepEqual(fault("activity.labels.exists(l, !l.matches(r'^wip$|\\p{Klingon}'))"), {
      message: 'in this pattern, "\\p{Klingon}" is no category or script of Unicode.',
      under: '\\p{Klingon}',
    });
    assert.deepEqual(
      fault('activity.kind == "push" || has(activity.branch) && activity.branch.matches("(?!main)\\t")'),
      {
        message:
          'in this pattern, "(?!" looks ahead, which no pattern in linear time can: say it in CEL, with && and !.',
        under: '"(?!main)\\t"',
      },
    );
    assert.match(fault('activity.branch.matches("(a)\\\\1")').message, /"\\1" refers back to a group/);
  });

  test('loops that would multiply three lists, and times, which no activity has', () => {
    const third = 'activity.labels.all(c, a == b || b == c)';
    assert.deepEqual(fault(`activity.labels.all(a, activity.labels.exists(b, ${third}))`), {
      message: 'loops go 2 deep at most: each multiplies what this costs.',
      under: third,
    });
    const chain = 'activity.labels.filter(a, a != "").map(a, a + "x").exists(a, a == "bugx")';
    assert.deepEqual(answer(chain, anActivity({ labels: ['bug'] })), { ok: true, value: true });
    assert.match(fault('duration(activity.excerpt) > duration("1h")').message, /^an activity has no times/);
    assert.match(fault('timestamp(activity.excerpt).getHours() > 1').message, /^an activity has no times/);
  });

  test('more than anybody writes by hand', () => {
    assert.ok(!compileCondition(`${'('.repeat(5_000)}true${')'.repeat(5_000)}`).ok);
    assert.ok(!compileCondition(Array(2_000).fill('true').join(' && ')).ok);
  });
});
