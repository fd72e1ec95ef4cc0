import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAIRS_PROJECTS } from '../../../../../tests/fixtures/pairs/projects.ts';
import { reasonOf, toldBy } from '../../../../../tests/fixtures/told.ts';
import { projectCard } from './classic-project.ts';
import { projectsV2 } from './projects-v2.ts';
import { projectsV2Item } from './projects-v2-item.ts';
import { projectsV2StatusUpdate } from './projects-v2-status-update.ts';

type Changes = Readonly<Record<string, unknown>>;

const ITEM = PAIRS_PROJECTS['projects_v2_item.edited'];
const UPDATE = PAIRS_PROJECTS['projects_v2_status_update.created'];
const PROJECT = PAIRS_PROJECTS['projects_v2.edited'];
const CARD = PAIRS_PROJECTS['project_card.edited'];
const field = (change: Changes) => toldBy(projectsV2Item, ITEM, { changes: { field_value: change } });

test('a move on a board tells from where to where, and leads to the item', () => {
  const said = toldBy(projectsV2Item, ITEM);
  assert.deepEqual([said.headline, said.did], ['Moved in project', 'moved {it} in project #7']);
  assert.deepEqual(said.facts, ['issue', 'project #7']);
  assert.deepEqual(said.subject, {
    noun: 'issue',
    handle: null,
    title: 'Status: In progress → Done',
    url: 'https://github.com/orgs/acme/projects/7?pane=issue&itemId=145803112',
  });
});

test('items of a project are counted, moves among them', () => {
  const sum = (changes: Changes = {}) => toldBy(projectsV2Item, ITEM, changes).sum;
  assert.deepEqual(sum(), { noun: 'project item', part: 'moved', alone: null });
  assert.equal(field({ field_name: 'Effort', field_type: 'number', to: 5 }).sum?.part, 'changed');
  assert.equal(sum({ action: 'created', changes: undefined })?.part, 'added');
});

test('any field tells its change, as far as the payload knows it', () => {
  const title = (change: Changes) => field(change).subject?.title;
  const date = {
    field_name: 'Ship by',
    field_type: 'date',
    from: '2026-01-31T00:00:00+00:00',
    to: '2026-02-14T00:00:00+00:00',
  };
  assert.equal(title(date), 'Ship by: 2026-01-31 → 2026-02-14');
  assert.equal(
    title({ field_name: 'Sprint', field_type: 'iteration', from: { title: 'Sprint 8' }, to: null }),
    'Sprint: Sprint 8 → none',
  );
  assert.equal(title({ field_name: 'Effort', field_type: 'number', from: null, to: 5 }), 'Effort: 5');
  assert.equal(title({ field_name: 'Effort', field_type: 'number' }), 'Effort');
  assert.equal(title({ field_type: 'single_select' }), 'Single select field');
});

test('what a project only shows of the issue itself is not told twice', () => {
  const change = { changes: { field_value: { field_type: 'labels', field_name: 'Labels' } } };
  assert.match(reasonOf(projectsV2Item, ITEM, change), /the project only shows that the issue has other labels/);
  const draft = toldBy(projectsV2Item, ITEM, { ...change, 'projects_v2_item.content_type': 'DraftIssue' });
  assert.equal(draft.subject?.title, 'Labels');
  assert.match(reasonOf(projectsV2Item, ITEM, { changes: {} }), /nothing changed/);
});

test('how a project is doing has the colour of it, and its first line says why', () => {
  const looks = (status: unknown) => {
    const { headline, tone } = toldBy(projectsV2StatusUpdate, UPDATE, { 'projects_v2_status_update.status': status });
    return `${headline}: ${tone}`;
  };
  assert.equal(looks('ON_TRACK'), 'Project on track: good');
  assert.equal(looks('AT_RISK'), 'Project at risk: waiting');
  assert.equal(looks('OFF_TRACK'), 'Project off track: bad');
  assert.equal(looks('COMPLETE'), 'Project complete: done');
  assert.equal(looks(null), 'Project status update: neutral');
  const said = toldBy(projectsV2StatusUpdate, UPDATE);
  assert.equal(said.did, 'says a project in {repo} is at risk');
  assert.equal(said.subject?.title, 'We wait for the new storage API.');
  assert.equal(said.excerpt, 'If it is not there by **1 February**, we ship without resuming.');
  assert.deepEqual(said.facts, ['due 2026-03-31']);
});

test('an edited update is news where it changes the status, and dropped where it changes nothing', () => {
  const edited = PAIRS_PROJECTS['projects_v2_status_update.edited'];
  const said = toldBy(projectsV2StatusUpdate, edited);
  assert.deepEqual([said.headline, said.facts[0]], ['Project off track', 'was at risk']);
  assert.equal(
    toldBy(projectsV2StatusUpdate, edited, { changes: { body: { from: '' } } }).headline,
    'Status update edited',
  );
  assert.match(reasonOf(projectsV2StatusUpdate, edited, { changes: {} }), /nothing changed/);
});

test('who may see a project matters more than its new name', () => {
  assert.deepEqual(toldBy(projectsV2, PROJECT).facts, ['was: Uploads 2026']);
  const opened = toldBy(projectsV2, PROJECT, {
    'projects_v2.public': true,
    'changes.public': { from: false, to: true },
  });
  assert.deepEqual([opened.headline, opened.facts], ['Project made public', ['was: Uploads 2026']]);
  assert.equal(
    toldBy(projectsV2, PROJECT, { changes: { public: { from: true, to: false } } }).headline,
    'Project made private',
  );
  assert.match(reasonOf(projectsV2, PROJECT, { changes: {} }), /nothing changed/);
});

test("a person's project leads to theirs", () => {
  const mine = { 'projects_v2.owner': { login: 'mona', type: 'User' } };
  assert.equal(toldBy(projectsV2, PROJECT, mine).subject?.url, 'https://github.com/users/mona/projects/7');
});

test('a classic card is its note, or the issue that its address names', () => {
  assert.equal(toldBy(projectCard, CARD).subject?.title, 'Ask legal about the new terms');
  const content = {
    'project_card.note': null,
    'project_card.content_url': 'https://api.github.com/repos/acme/api/issues/12',
  };
  const said = toldBy(projectCard, CARD, { action: 'created', ...content });
  assert.deepEqual([said.subject?.noun, said.subject?.handle, said.subject?.title], ['issue', '#12', '']);
});
