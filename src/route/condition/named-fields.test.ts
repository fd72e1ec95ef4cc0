import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anActivity, content } from '../../../tests/fixtures/activities.ts';
import { aRule } from '../../../tests/fixtures/rules.ts';
import { contentOf, type FlatContent, flatContent } from '../../model/flat-activity.ts';
import { createRoute } from '../route.ts';
import { compileCondition } from './condition.ts';
import { ACTIVITY_FIELDS } from './condition-fields.ts';

function compiled(text: string) {
  const result = compileCondition(text);
  assert.ok(result.ok, result.ok ? '' : result.message);
  return result.condition;
}

/** What the trace says that `if:` saw. */
function seen(text: string, changes: Partial<FlatContent> = {}): string {
  const route = createRoute([aRule('r', { issues: {} }, { condition: compiled(text) })]);
  const { trace } = route(contentOf({ ...flatContent(content(anActivity())), ...changes }), 0);
  return trace.rules[0]?.checks.find(({ check }) => check === 'if')?.actual ?? '';
}

test('every field that an expression names is found, however it is named', () => {
  const named: readonly (readonly [text: string, fields: readonly string[]])[] = [
    ['activity.actor.login != "mona" && size(activity.labels) > 2', ['actor.login', 'labels']],
    ['has(activity.severity) && activity.severity == "high"', ['severity']],
    ['activity["actor"]["login"] == "x" || activity.labels[0] == "x"', ['actor.login', 'labels']],
    ['activity.labels.exists(l, l == activity.branch)', ['labels', 'branch']],
    ['activity.isDraft ? activity.isFork : "activity.author" == activity.head', ['isDraft', 'isFork', 'head']],
    ['cel.bind(a, activity, a.isDraft)', Object.keys(ACTIVITY_FIELDS)],
    ['1 == 1', []],
  ];
  for (const [text, fields] of named) assert.deepEqual(compiled(text).fields, fields, text);
});

test('the trace shows their values, whatever came of it', () => {
  const text = 'activity.actor.login != "mona" && size(activity.labels) > 2';
  assert.equal(seen(text, { labels: ['a'] }), 'actor.login = "mona", labels = ["a"]');
  assert.equal(
    seen('activity.isDraft || activity.pullRequest == 7', { pullRequest: 7 }),
    'isDraft = false, pullRequest = 7',
  );
  assert.equal(seen('activity.severity == "high" || activity.author == "x"'), 'no severity, no author');
  assert.equal(seen('activity.labels[5] == "x"').startsWith('labels = []; '), true);
  assert.equal(seen('1 == 2'), 'false');
});

test('long and hostile values are cut and escaped, and each keeps its place', () => {
  const hostile = seen('activity.excerpt == activity.author', {
    excerpt: `a\n\u001b[31m"${'😀'.repeat(900)}`,
    author: 'mona',
  });
  assert.match(hostile, /^excerpt = "a\\n\\u001b\[31m\\"😀+…, author = "mona"$/u);
  assert.ok(hostile.isWellFormed());
  const texts = Object.entries(ACTIVITY_FIELDS).flatMap(([name, type]) =>
    type === 'string' && name !== 'type' ? [name] : [],
  );
  const long = Object.fromEntries(texts.map((name) => [name, 'x'.repeat(3_000)]));
  const all = seen(texts.map((name) => `activity.${name} == ""`).join(' || '), long);
  for (const name of texts) assert.ok(all.includes(`${name} = "x`), name);
  assert.ok(all.length < 1_000, String(all.length));
});
