import type { Subject, Sum } from '../../../../model/activity.ts';
import { linkOrNull, type Payload, read, text, textOrNull } from '../../../../shared/payload.ts';
import { asWords } from '../../../../telling/parts.ts';
import { spaced } from '../../../../text/words.ts';
import { changedKeys, changeFact } from '../changes.ts';
import { repoKey } from '../common.ts';
import type { FamilyOutput } from '../family.ts';
import { orgPage } from '../places.ts';
import { told, type Words, wordsFor, wordTable } from '../words.ts';

const WORDS = wordTable({
  created: ['Team created', 'created {it}', 'opened'],
  deleted: ['Team deleted', 'deleted {it}'],
  edited: ['Team changed', 'changed {it}'],
  'edited permission': ['Team permission changed', "changed {it}'s access to {repo}"],
  added: ['Team given access', 'gave {it} access to {repo}'],
  removed_from_repository: ['Team access removed', "removed {it}'s access to {repo}"],
});

/** `3 teams given access` */
const ACCESS: ReadonlyMap<string, Sum> = new Map([
  ['added', { noun: 'team', part: 'given access', alone: null }],
  ['edited permission', { noun: 'team', part: 'given other access', alone: null }],
  ['removed_from_repository', { noun: 'team', part: 'lost access', alone: null }],
]);

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#team */
export function team(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  if (action === 'added_to_repository') return access(payload, action);
  const isPermission = action === 'edited' && read(payload, 'changes.repository') !== undefined;
  const was = action === 'edited' ? textOrNull(payload, 'changes.name.from') : null;
  const words = wordsFor(isPermission ? 'edited permission' : action, WORDS, 'team');
  return {
    ...told(action, was === null ? words : renamed(payload, was)),
    subject: teamSubject(payload, action === 'deleted'),
    sum: ACCESS.get(isPermission ? 'edited permission' : action) ?? null,
    facts: [isPermission ? permissionChange(payload) : null, ...(action === 'edited' ? edits(payload) : [])],
  };
}

/** The only event about teams that a repository's own hook receives; an organization's may receive the other besides. */
export function teamAdd(payload: Payload): FamilyOutput {
  return access(payload, null);
}

function access(payload: Payload, action: string | null): FamilyOutput {
  const permission = textOrNull(payload, 'team.permission');
  const repo = repoKey(payload);
  const words = wordsFor('added', WORDS, 'team');
  const did = permission === null ? words.did : `gave {it} ${asWords(permission)} access to {repo}`;
  return {
    ...told(action, { ...words, did }),
    subject: teamSubject(payload),
    sum: ACCESS.get('added') ?? null,
    happening: repo === null ? null : `team ${textOrNull(payload, 'team.slug') ?? text(payload, 'team.name')} ${repo}`,
    isOnceADay: true,
  };
}

function renamed(payload: Payload, was: string): Words {
  const did = `renamed team ${asWords(was)} to ${asWords(text(payload, 'team.name'))}`;
  return { headline: 'Team renamed', did, tone: 'neutral' };
}

export function teamSubject(payload: Payload, isGone = false): Subject {
  const name = text(payload, 'team.name');
  const url = (isGone ? null : linkOrNull(payload, 'team.html_url')) ?? orgPage(payload);
  return { noun: 'team', handle: name, title: name, url };
}

/** `privacy: secret → closed`; a description is only said to have changed, a name is in the sentence. */
function edits(payload: Payload): readonly (string | null)[] {
  return changedKeys(payload)
    .filter((key) => key !== 'repository' && key !== 'name')
    .map((key) => (key === 'description' ? 'new description' : changeFact(payload, key, read(payload, 'team'))));
}

/** GitHub lists what the team could do before: the strongest counts. */
function permissionChange(payload: Payload): string | null {
  const before = strongest(read(payload, 'changes.repository.permissions.from'));
  const now = strongest(read(payload, 'repository.permissions'));
  if (before === null && now === null) return null;
  return now === null ? `was ${before}` : `${before ?? 'none'} → ${now}`;
}

function strongest(permissions: unknown): string | null {
  const found = ['admin', 'maintain', 'push', 'triage', 'pull'].find(
    (name) => read({ permissions }, `permissions.${name}`) === true,
  );
  return found === undefined ? null : spaced(found);
}
