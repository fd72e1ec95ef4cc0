import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aMergedPullRequest, anActivity } from '../../tests/fixtures/activities.ts';
import { compileCondition } from './condition.ts';
import { activityValue } from './condition-fields.ts';

function answer(text: string, activity = anActivity()) {
  const compiled = compileCondition(text);
  assert.ok(compiled.ok, compiled.ok ? '' : compiled.message);
  return compiled.condition.ask(activityValue(activity));
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

  test('about something that is not there is no match, and says what is missing', () => {
    assert.deepEqual(answer('activity.severity == "high"'), { ok: false, missing: 'no severity' });
    assert.deepEqual(answer('activity.severity != "high"'), { ok: false, missing: 'no severity' });
    assert.deepEqual(answer('activity.actor.login == "mona"', anActivity({ actor: null })), {
      ok: false,
      missing: 'no actor',
    });
    assert.deepEqual(answer('has(activity.severity) && activity.severity == "high"'), { ok: true, value: false });
  });

  test('that runs into a fault is no match and does not throw', () => {
    assert.equal(answer('activity.labels[5] == "x"').ok, false);
    assert.equal(answer('activity.subject.title.matches("(")').ok, false);
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

  test('more than anybody writes by hand', () => {
    assert.ok(!compileCondition(`${'('.repeat(5_000)}true${')'.repeat(5_000)}`).ok);
    assert.ok(!compileCondition(Array(2_000).fill('true').join(' && ')).ok);
  });
});
