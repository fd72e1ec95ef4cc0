import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anActivity } from '../../tests/fixtures/activities.ts';
import { lineOf } from './line.ts';
import { smallLine, textOfSmallLine } from './small-line.ts';

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
