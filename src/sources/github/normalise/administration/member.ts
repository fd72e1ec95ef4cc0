import type { Subject } from '../../../../model/activity.ts';
import { linkOrNull, type Payload, read, text, textOrNull } from '../../../../shared/payload.ts';
import { spaced } from '../../../../text/words.ts';
import { fromTo, valueText } from '../changes.ts';
import { repositoryPage } from '../common.ts';
import { type FamilyOutput, skip } from '../family.ts';
import { asWords } from '../people.ts';
import { orgPage } from '../places.ts';
import { told, type Words, wordsFor, wordTable } from '../words.ts';

const COLLABORATOR = wordTable({
  added: ['Collaborator added', 'added {it} to {repo}'],
  'added themselves': ['Collaborator joined', 'joined {repo} as a collaborator'],
  edited: ['Collaborator permission changed', 'changed what {it} may do in {repo}'],
  removed: ['Collaborator removed', 'removed {it} from {repo}'],
  'removed themselves': ['Collaborator left', 'left {repo}'],
});

const TEAMMATE = wordTable({
  added: ['Added to a team', 'added {it} to'],
  'added themselves': ['Joined a team', 'joined'],
  removed: ['Removed from a team', 'removed {it} from'],
  'removed themselves': ['Left a team', 'left'],
});

/** People with access to one repository. */
export function member(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  return {
    ...told(action, wordsOf(payload, action, COLLABORATOR, 'collaborator')),
    subject: personSubject(payload, 'collaborator', repositoryPage(payload, '/settings/access')),
    facts: [permission(payload, action)],
  };
}

/** People in a team of an organisation. */
export function membership(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  if (action === 'removed' && read(payload, 'team.deleted') === true) {
    return skip('membership.removed: the team itself was deleted, which team.deleted tells');
  }
  if (action === 'removed' && textOrNull(payload, 'scope') === 'organization') {
    return skip('membership.removed: they left the organization, which organization.member_removed tells');
  }
  const team = textOrNull(payload, 'team.name');
  const words = wordsOf(payload, action, TEAMMATE, 'team member');
  return {
    ...told(action, words),
    did: words.did === null ? null : `${words.did} ${team === null ? 'a team' : `team ${asWords(team)}`}`,
    subject: personSubject(payload, 'team member', linkOrNull(payload, 'team.html_url') ?? orgPage(payload)),
    facts: [team === null ? null : `team ${team}`],
  };
}

/** Whoever accepts an invitation is the sender and the member. */
function wordsOf(payload: Payload, action: string, table: ReadonlyMap<string, Words>, noun: string): Words {
  const isOwnAct = textOrNull(payload, 'member.login') === textOrNull(payload, 'sender.login');
  return (isOwnAct ? table.get(`${action} themselves`) : undefined) ?? wordsFor(action, table, noun);
}

function personSubject(payload: Payload, noun: string, url: string): Subject {
  const login = text(payload, 'member.login');
  return { noun, handle: login, title: login, url };
}

/** `as admin`, `write → admin`. `role_name` knows an organisation's own roles, `permission` only GitHub's. */
function permission(payload: Payload, action: string): string | null {
  const to = textOrNull(payload, 'changes.role_name.to') ?? textOrNull(payload, 'changes.permission.to');
  if (action === 'added') return to === null ? null : `as ${spaced(to)}`;
  const from = textOrNull(payload, 'changes.permission.from') ?? textOrNull(payload, 'changes.old_permission.from');
  if (from !== null && to !== null) return fromTo(from, to);
  return from === null ? null : `was ${valueText(from)}`;
}
