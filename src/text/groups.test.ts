import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  aFailedWorkflow,
  aMergedPullRequest,
  anActivity,
  aPush,
  aReview,
  aStar,
  digest,
} from '../../tests/fixtures/activities.ts';
import type { Activity } from '../model/activity.ts';
import type { ActivityFields } from '../model/new-activity.ts';
import { groupAlike, heading, summary } from './groups.ts';

const WEB = { name: 'acme/web', url: 'https://github.com/acme/web' };

function groupsOf(...activities: readonly Activity[]) {
  return groupAlike(digest(activities).notifications);
}

function say(...activities: readonly Activity[]): string {
  return summary(groupsOf(...activities));
}

function pull(handle: string, changes: Partial<ActivityFields> = {}): Activity {
  return aMergedPullRequest({ subject: { noun: 'pull request', handle, title: 'Retry', url: '' }, ...changes });
}

test('what is alike is added up, and says how it differs', () => {
  const three = [aReview('a', 'approved'), aReview('b', 'wants changes'), aReview('c', 'comment')];
  assert.equal(say(...three), '3 reviews in acme/api: 1 approved, 1 wants changes, 1 comment');
  assert.equal(
    say(...three, aReview('d', 'wants changes'), aReview('e', 'comment')),
    '5 reviews in acme/api: 2 want changes, 2 comments, 1 approved',
  );
  const pushes = ['1', '2', '3', '4', '5'].map(() => aPush('main'));
  assert.equal(say(...pushes, aPush('dev')), '6 pushes in acme/api: 5 to main, 1 to dev');
  assert.equal(say(...pushes), '5 pushes to main in acme/api');
  const tag = aPush('main', WEB);
  assert.equal(say(...pushes, tag, aPush('dev')), '7 pushes in 2 repositories: 6 to main, 1 to dev');
  assert.equal(say(tag, aStar('a')), '2 events in 2 repositories: 1 push to main, 1 star');
  const many = ['a', 'b', 'c', 'd', 'e', 'f'].map((branch) => aPush(branch));
  assert.equal(say(...many), '6 pushes in acme/api: 1 to a, 1 to b, 1 to c, 1 to d, 2 others');
  const some = anActivity({ sum: { noun: 'push', part: null, alone: null } });
  assert.equal(say(some, aPush('main'), aPush('main')), '3 pushes in acme/api: 2 to main, 1 other');
});

test('what is all of one sort may have a word of its own', () => {
  assert.equal(say(aReview('a', 'approved')), '1 approval in acme/api: #128');
  assert.equal(say(aReview('a', 'approved'), aReview('b', 'approved')), '2 approvals in acme/api: #128');
  assert.equal(
    say(aReview('a', 'wants changes'), aReview('b', 'wants changes')),
    '2 reviews want changes in acme/api: #128',
  );
});

test('numbers are named, each once, and only where they are of one place', () => {
  assert.equal(say(pull('#12'), pull('#13'), pull('#12')), '3 pull requests merged in acme/api: #12, #13');
  const eight = ['#1', '#2', '#3', '#4', '#5', '#6', '#7', '#8'].map((handle) => pull(handle));
  assert.equal(say(...eight), '8 pull requests merged in acme/api: #1, #2, #3, #4, #5, #6 and 2 more');
  assert.equal(say(pull('#12'), pull('#13', { place: WEB })), '2 pull requests merged in 2 repositories');
  assert.equal(say(pull('#12'), aStar('a')), '2 events in acme/api: 1 pull request merged (#12), 1 star');
  assert.equal(say(pull('#next'), pull('#13')), '2 pull requests merged in acme/api');
});

test('the sign and the tone are those that all agree on; bad news is red and apart', () => {
  const looks = (...activities: readonly Activity[]) => groupsOf(...activities).map(({ sign, tone }) => [sign, tone]);
  assert.deepEqual(looks(aReview('a', 'approved'), aReview('b', 'wants changes')), [['⚪', 'neutral']]);
  assert.deepEqual(looks(aReview('a', 'approved'), aReview('b', 'approved')), [['✅', 'good']]);
  const passed = aFailedWorkflow({ tone: 'good', sum: { noun: 'workflow', part: 'passed', alone: null } });
  assert.deepEqual(looks(passed, passed, aFailedWorkflow()), [
    ['🔴', 'bad'],
    ['✅', 'good'],
  ]);
  assert.equal(say(passed, aFailedWorkflow(), passed), '3 events in acme/api: 1 workflow failed, 2 workflows passed');
});

test('the heading leaves to the groups what they say themselves', () => {
  assert.equal(heading(groupsOf(aPush('main'), aPush('dev'))), '2 pushes in acme/api: 1 to main, 1 to dev');
  assert.equal(heading(groupsOf(aPush('main'), aStar('a'))), '2 events in acme/api');
});

test('without a sum, the noun and what the headline says became of it are counted', () => {
  const of = (headline: string, noun = 'issue', changes: Partial<ActivityFields> = {}) =>
    anActivity({ headline, sum: null, subject: { noun, handle: null, title: 'a', url: '' }, ...changes });
  assert.equal(say(of('Issue closed'), of('Issue closed')), '2 issues closed in acme/api');
  assert.equal(say(of('Draft issue opened'), of('Issue opened')), '2 issues opened in acme/api');
  assert.equal(say(of('Issue opened'), of('Issue closed')), '2 issues in acme/api: 1 opened, 1 closed');
  assert.equal(say(of('Branch created', 'branch'), of('Branch created', 'branch')), '2 branches created in acme/api');
  assert.equal(say(of('Custom properties changed', 'custom properties')), '1 custom properties changed in acme/api');
  const org = { place: null, account: 'acme' };
  assert.equal(say(of('Team created', 'team', org)), '1 team created in acme');
  assert.equal(say(of('Team created', 'team', org), aStar('a')), '2 events in 2 places: 1 team created, 1 star');
  assert.equal(say(of('Issue type set'), of('Issue type set')), '2 × Issue type set in acme/api');
  assert.equal(say(anActivity({ headline: 'Mail sent', sum: null, subject: null })), 'Mail sent in acme/api');
  assert.equal(
    say(of('Invoice paid', 'invoice'), of('Invoice overdue', 'invoice')),
    '2 invoices in acme/api: 1 paid, 1 overdue',
  );
  assert.equal(say(of('New alert', 'alert'), of('New alert', 'alert')), '2 new alerts in acme/api');
});
