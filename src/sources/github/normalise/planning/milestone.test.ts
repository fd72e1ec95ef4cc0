import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAIRS_CONVERSATION } from '../../../../../tests/fixtures/pairs/conversation.ts';
import { reasonOf, toldBy } from '../../../../../tests/fixtures/told.ts';
import { label } from './label.ts';
import { milestone } from './milestone.ts';

type Changes = Readonly<Record<string, unknown>>;

const MILESTONE = PAIRS_CONVERSATION['milestone.edited'];
const LABEL = PAIRS_CONVERSATION['label.unarchived'];
const told = (action: string, changes: Changes = {}) => toldBy(milestone, MILESTONE, { action, ...changes });
const labelTold = (action: string, changes: Changes = {}) => toldBy(label, LABEL, { action, ...changes });

test('a milestone tells its day and how far it is', () => {
  assert.deepEqual(told('created').facts, ['due 2027-01-31']);
  const closed = told('closed');
  assert.deepEqual([closed.tone, closed.facts], ['done', ['due 2027-01-31', '30 of 42 issues closed']]);
  assert.equal(told('closed', { 'milestone.open_issues': 0 }).facts[1], '30 of 30 issues closed');
  assert.deepEqual(told('closed', { 'milestone.due_on': null, 'milestone.open_issues': null }).facts, []);
});

test('what was edited is said: its name before its day before its words', () => {
  assert.deepEqual(
    [told('edited').headline, told('edited').facts[0]],
    ['Milestone due date changed', 'due: 2026-12-15 → 2027-01-31'],
  );
  const renamed = told('edited', { 'changes.title': { from: 'v1' } });
  assert.deepEqual([renamed.headline, renamed.facts[0]], ['Milestone renamed', 'was: v1']);
  const reworded = told('edited', { changes: { description: { from: 'What everybody needs' } } });
  assert.deepEqual([reworded.headline, reworded.facts[0]], ['Milestone edited', 'new description']);
  assert.match(reasonOf(milestone, MILESTONE, { changes: {} }), /nothing changed/);
});

test('milestones are counted by what became of them', () => {
  assert.deepEqual(told('opened').sum, { noun: 'milestone', part: 'reopened', alone: null });
  assert.equal(told('edited', { 'changes.title': { from: 'v1' } }).sum?.part, 'renamed');
  assert.deepEqual(told('edited').sum?.part, ['given another due date', 'given other due dates']);
});

test('a deleted milestone leads to the list', () => {
  assert.equal(told('deleted').subject?.url, 'https://github.com/acme/api/milestones');
});

test('the labels that come with every new repository are not told', () => {
  assert.match(reasonOf(label, LABEL, { action: 'created' }), /gives every new repository/);
  assert.equal(labelTold('created', { 'label.default': false }).headline, 'Label created');
});

test('an edited label tells what is new', () => {
  const edit = (changes: Changes) => labelTold('edited', { changes }).facts;
  assert.deepEqual(edit({ name: { from: 'to-do' }, color: { from: '000000' } }), ['was: to-do', 'new color']);
  assert.deepEqual(edit({ description: { from: '' } }), ['new description']);
  assert.match(reasonOf(label, LABEL, { action: 'edited', changes: { color: { from: 'd73a4a' } } }), /nothing changed/);
});

test("a label's name is one step of its address", () => {
  assert.equal(
    labelTold('archived', { 'label.name': 'needs: a/b?' }).subject?.url,
    'https://github.com/acme/api/labels/needs%3A%20a%2Fb%3F',
  );
});
