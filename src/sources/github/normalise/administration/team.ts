import { linkOrNull, type Payload, read, text, textOrNull } from '../../../../shared/payload.ts';
import { spaced } from '../../../../text/words.ts';
import { changedKeys, changeFact, valueText } from '../changes.ts';
import type { FamilyOutput } from '../family.ts';
import { orgPage } from '../places.ts';
import { told, wordsFor, wordTable } from '../words.ts';

const WORDS = wordTable({
  created: ['Team created', 'created {it}', 'opened'],
  deleted: ['Team deleted', 'deleted {it}'],
  edited: ['Team changed', 'changed {it}'],
  'edited permission': ['Team permission changed', 'changed what {it} may do in {repo}'],
  added: ['Team given access', 'gave {it} access to {repo}'],
  removed_from_repository: ['Team access removed', 'took access to {repo} from {it}'],
});

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#team */
export function team(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const isPermission = action === 'edited' && read(payload, 'changes.repository') !== undefined;
  return {
    ...told(action, wordsFor(isPermission ? 'edited permission' : action, WORDS, 'team')),
    subject: subjectOf(payload, action === 'deleted'),
    facts: [isPermission ? permissionChange(payload) : null, ...(action === 'edited' ? edits(payload) : [])],
  };
}

/** The only event about teams that a repository's own hook receives; an organization's receives the team event besides. */
export function teamAdd(payload: Payload): FamilyOutput {
  const permission = textOrNull(payload, 'team.permission');
  return {
    ...told(null, wordsFor('added', WORDS, 'team')),
    subject: subjectOf(payload, false),
    facts: [permission === null ? null : `may ${permission}`],
  };
}

function subjectOf(payload: Payload, isGone: boolean) {
  const name = text(payload, 'team.name');
  const url = (isGone ? null : linkOrNull(payload, 'team.html_url')) ?? orgPage(payload);
  return { noun: 'team', handle: name, title: name, url };
}

/** `was Uploads`, `privacy: secret → closed`; a description is only said to have changed. */
function edits(payload: Payload): readonly (string | null)[] {
  return changedKeys(payload)
    .filter((key) => key !== 'repository')
    .map((key) => {
      if (key === 'name') return `was ${valueText(read(payload, 'changes.name.from'))}`;
      return key === 'description' ? 'new description' : changeFact(payload, key, read(payload, 'team'));
    });
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
