import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostileActivity, hostileMentions, LONG } from '../../tests/conformance/hostile-activity.ts';
import { aFailedWorkflow, anActivity, aStar, digest, single } from '../../tests/fixtures/activities.ts';
import { pushText, withinBytes } from './push-text.ts';

test('the title says what happened, the body what that is called and what was written, in plain text', () => {
  const { title, body, url, isUrgent } = pushText(
    single(anActivity({ excerpt: 'It **stops**, see [the log](https://x.test).', labels: ['bug'] })),
  );
  assert.equal(title, '🟢 mona opened issue #12 in acme/api');
  assert.equal(body, 'Uploads fail on Safari\nIt stops, see the log.\nbug');
  assert.deepEqual([url, isUrgent], ['https://github.com/acme/api/issues/12', false]);
});

test('bad news is urgent, and so is what calls somebody', () => {
  assert.equal(pushText(single(aFailedWorkflow())).isUrgent, true);
  const { body, isUrgent } = pushText(single(anActivity(), [{ name: 'here', ids: {}, audience: 'here' }]));
  assert.equal(isUrgent, true);
  assert.match(body, /\n→ here$/);
});

test('a digest counts, and names the first', () => {
  const { title, body, url } = pushText(digest([aStar('a'), aStar('b'), anActivity()]));
  assert.equal(title, '🗂️ 3 events in acme/api');
  assert.equal(body, '⭐ 2 stars\na, b\n🟢 1 issue opened\n• #12 Uploads fail on Safari · mona');
  assert.equal(url, null);
});

test('what says nothing but its line says that line twice rather than nothing', () => {
  const { title, body } = pushText(single(aStar('mona')));
  assert.ok(title.length > 0 && body.length > 0);
});

test('a link whose text names another host says where it leads', () => {
  const subject = { noun: 'deployment', handle: null, title: 'https://good.test/', url: 'https://evil.test/' };
  assert.match(pushText(single(anActivity({ subject }))).body, /^https:\/\/good\.test\/ \(evil\.test\)/);
});

test('neither text is endless, and only so many names are read', () => {
  for (const text of LONG) {
    const { title, body, url } = pushText({
      ...single(hostileActivity(text), hostileMentions(text)),
      maybeRepeated: true,
    });
    assert.match(title, /^.+$/u);
    assert.ok(title.length <= 200 && Buffer.byteLength(body) <= 3_000 && (url?.length ?? 0) <= 1_000);
  }
  const names = Array.from({ length: 12 }, (_, n) => ({ name: `m${n}`, ids: {} }));
  assert.match(pushText(single(anActivity(), names)).body, /\n→ m0, .*m9 and 2 more$/);
});

test('a text is cut by bytes, and between characters', () => {
  assert.equal(withinBytes('äöü', 6), 'äöü');
  assert.equal(withinBytes('äöüä', 7), 'äö…');
  assert.equal(withinBytes('👍👍👍', 9), '👍…');
  assert.ok(Buffer.byteLength(pushText(single(anActivity({ excerpt: '界'.repeat(3_000) }))).body) <= 3_000);
});
