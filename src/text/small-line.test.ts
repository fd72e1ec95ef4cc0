import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aFailedWorkflow, anActivity } from '../../tests/fixtures/activities.ts';
import type { Activity } from '../model/activity.ts';
import { lineOf } from './line.ts';
import { smallLine, textOfSmallLine } from './small-line.ts';

test('what the line says in other letters is not said again, and a branch only hides where a fact has its name', () => {
  const textFor = (did: string, facts: readonly string[], branch: string) => {
    const activity = anActivity({ did, facts, branch });
    return textOfSmallLine(smallLine(activity, lineOf(activity)));
  };
  assert.equal(textFor('opened high-severity {it}', ['high severity', 'npm'], ''), 'acme/api · npm');
  assert.equal(textFor('published hello-npm', ['npm'], ''), 'acme/api · npm');
  assert.equal(textFor('opened {it}', ['lena', '20 s'], 'len'), 'acme/api · len · lena · 20 s');
  assert.equal(textFor('opened {it}', ['main ← retry'], 'main'), 'acme/api · main ← retry');
});

test('what people choose to call things adds nothing to the small line', () => {
  const activity = anActivity({
    facts: ['by x  ·  ✅ 12 checks passed • merged by hubot', 'paral·lel'],
    branch: 'a\u2003·\u2003approved',
    labels: ['bug\u2003‧\u2003approved'],
  });
  assert.equal(
    textOfSmallLine(smallLine(activity, lineOf(activity))),
    'acme/api · a - approved · by x - ✅ 12 checks passed - merged by hubot · paral·lel · bug - approved',
  );
});

test('below words of somebody’s own stands what they leave out; nobody who only happens to be there', () => {
  const below = (sentence: string, activity: Activity) => {
    const worded = { ...activity, said: { ...activity.said, sentence } };
    return textOfSmallLine(smallLine(worded, lineOf(worded)));
  };
  const opened = anActivity({ facts: ['3 commits'], branch: 'main' });
  assert.equal(below('A new case', opened), 'mona · acme/api · main · 3 commits');
  assert.equal(below('mona: 3 commits in (acme/api), main', opened), '');
  assert.equal(below('monarchs in acme/api-docs', opened), 'mona · acme/api · main · 3 commits');
  assert.equal(below('It broke', aFailedWorkflow({ facts: [], branch: null })), 'acme/api');
});
