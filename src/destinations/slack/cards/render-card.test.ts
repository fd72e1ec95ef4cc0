import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { unescapedInBlocks } from '../../../../tests/doubles/slack/markup.ts';
import { checkMessage } from '../../../../tests/doubles/slack-rules.ts';
import type { FactValue, SubjectState } from '../../../model/known/card.ts';
import { CARD_FACTS } from '../../../model/known/card.ts';
import { renderCard } from './render-card.ts';

type Given = Readonly<Record<string, FactValue>>;

function subject(given: Given): SubjectState {
  const facts = Object.entries(given).map(([name, value], at) => [name, { value, at, eventId: 1 }] as const);
  return { thread: 'acme/api#12', version: 1, facts: Object.fromEntries(facts) };
}

function lines(given: Given, checks?: Given): readonly string[] {
  const { text, blocks } = renderCard({
    thread: 'acme/api#12',
    subject: subject(given),
    checks: checks === undefined ? null : subject(checks),
  });
  const texts = blocks.map((block) => {
    if (block.type === 'section') return block.text?.text ?? '';
    const [element] = block.type === 'context' ? block.elements : [];
    return element?.type === 'mrkdwn' ? element.text : assert.fail();
  });
  return [text, ...texts];
}

const PULL: Given = {
  handle: '#12',
  title: 'Uploads fail on Safari',
  url: 'https://github.com/acme/api/pull/12',
  place: 'acme/api',
  state: 'open',
  author: 'mona',
  base: 'main',
  head: 'fix/uploads',
  additions: 1204,
  deletions: 3,
  files: 1,
  labels: ['bug', 'web'],
  assignees: ['hubot'],
  comments: 2,
  'asked:acme/web': true,
  'review:hubot': 'approved',
  'review:octo': 'commented',
  latest: 'hubot approved it',
};

test('a card says all that is known of a pull request', () => {
  const checks = { 'check:lint': 'failed', 'check:test': 'passed', 'check:build': 'running', 'check:docs': 'skipped' };
  assert.deepEqual(lines(PULL, checks), [
    'Approved: #12 Uploads fail on Safari (acme/api)',
    '✅  *<https://github.com/acme/api/pull/12|#12 Uploads fail on Safari>*\nApproved  ·  by mona  ·  `main` ← `fix/uploads`',
    'acme/api  ·  +1,204 −3 in 1 file  ·  2 comments  ·  `bug` `web`  ·  assigned to hubot',
    '🟡 acme/web   ✅ hubot   💬 octo  ·  🔴 1 of 3 checks, failed: lint',
    'hubot approved it',
  ]);
});

test('of what is open, reviews say more; of nothing else', () => {
  const first = (given: Given) => lines({ ...PULL, ...given })[0]?.split(':')[0];
  assert.equal(first({ 'review:octo': 'changes' }), 'Changes requested');
  assert.equal(first({ needed: 2 }), 'Open');
  assert.equal(first({ needed: 2, 'review:octo': 'approved' }), 'Approved');
  assert.equal(first({ 'review:hubot': null }), 'Open');
  assert.equal(first({ state: 'merged', 'review:octo': 'changes' }), 'Merged');
  assert.equal(first({ state: 'draft' }), 'Draft');
});

test('whoever is asked once more is asked; who was dismissed, or is asked no longer, is not shown', () => {
  const { 'asked:acme/web': _, ...others } = PULL;
  assert.equal(lines({ ...others, 'asked:hubot': true })[3], '🟡 hubot   💬 octo');
  assert.equal(lines({ 'asked:hubot': true, ...others, asked: [] })[3], '✅ hubot   💬 octo');
  assert.equal(lines({ ...others, 'review:hubot': null, 'asked:octo': null })[3], '💬 octo');
});

test('checks are one line', () => {
  const line = (checks: Given) => lines({ title: 'x' }, checks)[2];
  assert.equal(line({ 'check:a': 'passed' }), '✅ 1 check passed');
  assert.equal(line({ 'check:a': 'passed', 'check:b': 'running' }), '🟡 1 of 2 checks');
  assert.equal(line({ 'check:a': 'skipped' }), undefined);
});

test('where next to nothing is known a card has its thread for a name', () => {
  assert.deepEqual(lines({}), ['acme/api#12', '⚪  *acme/api#12*']);
});

test('a page elsewhere may not pass for another address', () => {
  const [, top] = lines({ title: 'https://github.com/login', url: 'https://evil.test/' });
  assert.match(String(top), /\(evil\.test\)>/);
});

test('whatever facts hold, Slack takes the card: escaped, and within its limits', () => {
  const hostile = fc.oneof(
    fc.constantFrom(
      '<!channel>',
      '<@U012AB3CD> & <https://evil.test|safe>',
      '*_~`@here',
      '\u202e\0',
      '<'.repeat(2_000),
    ),
    fc.string({ unit: 'binary', maxLength: 2_000 }),
  );
  const value = fc.oneof(hostile, fc.double(), fc.boolean(), fc.constant(null), fc.array(hostile, { maxLength: 40 }));
  const name = fc
    .tuple(fc.constantFrom(...Object.keys(CARD_FACTS)), hostile)
    .map(([fact, whom]) => (fact.endsWith(':') ? fact + whom : fact));
  const facts = fc.dictionary(name, value, { maxKeys: 60 });
  fc.assert(
    fc.property(facts, facts, (known, checks) => {
      const { text, blocks } = renderCard({
        thread: 'acme/api#12',
        subject: subject(known),
        checks: subject(checks),
      });
      const checked = checkMessage({ text, blocks });
      assert.ok(!('why' in checked), 'why' in checked ? checked.why : '');
      assert.equal(unescapedInBlocks(checked.blocks), null);
      assert.doesNotMatch(JSON.stringify([text, blocks]), /<[!@]/);
    }),
    { numRuns: 15 },
  );
});
