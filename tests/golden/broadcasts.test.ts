import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PROVIDERS } from '../../src/catalog.ts';
import type { Activity } from '../../src/model/activity.ts';
import { BROADCASTS } from '../../src/model/scales.ts';
import { isBroadcast } from '../../src/route/broadcast.ts';
import type { SourceFixture } from '../conformance/source-fixture.ts';
import { recorded, written } from './payloads.ts';
import { sampled } from './providers.ts';
import { storedEvent, tell } from './tell.ts';

async function saidBy(name: 'gitlab' | 'gitea' | 'bitbucket'): Promise<readonly Activity[]> {
  const { provider } = await PROVIDERS[name]();
  const { FIXTURE } = (await import(`../fixtures/sources/${name}.ts`)) as { readonly FIXTURE: SourceFixture };
  const source = await provider.source({ name, secrets: [], settings: {} });
  const payloads = FIXTURE.payloads(sampled(await provider.samples?.()));
  return payloads.flatMap(({ type, sent, payload }) => {
    const said = source.normalise({ ...storedEvent(sent ?? type, payload), source: name });
    return 'kind' in said && said.kind === 'activity' ? [said.activity] : [];
  });
}

function saidByGithub(): readonly Activity[] {
  const said = [...recorded(), ...written()].map(({ type, payload }) => tell(type, payload));
  return said.flatMap((each) => (each.kind === 'activity' ? [each.activity] : []));
}

test('each word of `broadcast` means the same at every code host, and nothing else', async () => {
  const others = await Promise.all((['gitlab', 'gitea', 'bitbucket'] as const).map(saidBy));
  const all = [...saidByGithub(), ...others.flat()].filter(({ keys }) => keys.thread !== null);
  const meant = Object.fromEntries(
    BROADCASTS.map((word) => {
      const kinds = all.filter((activity) => isBroadcast([word], { activity, transition: null }));
      return [word, [...new Set(kinds.map(({ source, kind }) => `${source} ${kind}`))].toSorted()];
    }),
  );
  assert.deepEqual(meant, {
    merged: [
      'bitbucket pullrequest.fulfilled',
      'gitea pull_request.merged',
      'github pull_request.merged',
      'gitlab merge_request.merge',
    ],
    closed: [
      'bitbucket issue.updated',
      'bitbucket pullrequest.rejected',
      'gitea issues.closed',
      'gitea pull_request.closed',
      'github discussion.closed',
      'github issues.closed',
      'github pull_request.closed',
      'gitlab issue.close',
      'gitlab merge_request.close',
      'gitlab work_item.close',
    ],
    reopened: [
      'bitbucket issue.updated',
      'gitea issues.reopened',
      'gitea pull_request.reopened',
      'github discussion.reopened',
      'github issues.reopened',
      'github pull_request.reopened',
    ],
    ready_for_review: ['github pull_request.ready_for_review', 'gitlab merge_request.ready_for_review'],
    approved: [
      'bitbucket pullrequest.approved',
      'gitea pull_request_approved.reviewed',
      'github pull_request_review.submitted',
      'gitlab merge_request.approval',
      'gitlab merge_request.approved',
    ],
    changes_requested: [
      'bitbucket pullrequest.changes_request_created',
      'gitea pull_request_rejected.reviewed',
      'gitlab merge_request.changes_requested',
    ],
    broke: [],
    fixed: [],
  });
});

test('what broke or is fixed is as results compare, whatever it is about', () => {
  const [activity] = saidByGithub();
  assert(activity);
  const means = (transition: 'broke' | 'fixed' | 'still_broken' | null) =>
    BROADCASTS.filter((word) => isBroadcast([word], { activity, transition }));
  assert.deepEqual(
    [means('broke'), means('fixed'), means('still_broken'), means(null)],
    [['broke'], ['fixed'], [], []],
  );
  assert.ok(!isBroadcast([], { activity, transition: 'broke' }));
});
