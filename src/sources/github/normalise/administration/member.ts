import { type Payload, read, text, textOrNull } from '../../../../shared/payload.ts';
import { asWords } from '../../../../telling/parts.ts';
import { spaced } from '../../../../text/words.ts';
import { repositoryPage } from '../common.ts';
import { type FamilyOutput, skip } from '../family.ts';
import { countedBy, filledIn, told, type Words, wordsFor, wordTable } from '../words.ts';
import { leaving, memberSubject } from './organization.ts';
import { teamSubject } from './team.ts';

const COLLABORATOR = wordTable({
  added: ['Collaborator added', 'added {it} to {repo}'],
  'added themselves': ['Collaborator joined', 'joined {repo} as a collaborator'],
  edited: ['Collaborator permission changed', "changed {it}'s access to {repo}"],
  removed: ['Collaborator removed', 'removed {it} from {repo}'],
  'removed themselves': ['Collaborator left', 'left {repo}'],
});

const TEAMMATE = wordTable({
  added: ['Added to a team', 'added {who} to {it}'],
  'added themselves': ['Joined a team', 'joined {it}'],
  removed: ['Removed from a team', 'removed {who} from {it}'],
  'removed themselves': ['Left a team', 'left {it}'],
});

/** A team's membership ends too where somebody leaves the organization. */
const ORGANIZATION = wordTable({
  removed: ['Organization member removed', 'removed {it} from {repo}'],
  'removed themselves': ['Organization member left', 'left {repo}'],
});

/** People with access to one repository. */
export function member(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const { did, ...words } = wordsOf(payload, action, COLLABORATOR, 'collaborator');
  const login = text(payload, 'member.login');
  return {
    ...told(action, { ...words, did: did === null ? null : did + permission(payload, action) }),
    subject: {
      noun: 'collaborator',
      handle: login,
      title: login,
      url: repositoryPage(payload, '/settings/access'),
    },
    sum: action === 'edited' ? { noun: 'collaborator', part: 'given other access', alone: null } : null,
  };
}

/** People in a team of an organisation. */
export function membership(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  if (action === 'removed' && read(payload, 'team.deleted') === true) {
    return skip('membership.removed: the team itself was deleted, which team.deleted tells');
  }
  const login = text(payload, 'member.login');
  const team = textOrNull(payload, 'team.name');
  const isFromOrganization = action === 'removed' && textOrNull(payload, 'scope') === 'organization';
  const words = wordsOf(payload, action, isFromOrganization ? ORGANIZATION : TEAMMATE, 'team member');
  return {
    ...told(action, filledIn(words, { who: asWords(login) })),
    subject: isFromOrganization ? memberSubject(payload, login) : teamSubject(payload),
    facts: [words.did === null ? login : null, isFromOrganization && team !== null ? `was in team ${team}` : null],
    sum: isFromOrganization ? null : countedBy('team member', action),
    ...(isFromOrganization ? leaving(payload, login) : {}),
  };
}

/** Whoever accepts an invitation is the sender and the member. */
function wordsOf(payload: Payload, action: string, table: ReadonlyMap<string, Words>, noun: string): Words {
  const isOwnAct = textOrNull(payload, 'member.login') === textOrNull(payload, 'sender.login');
  return (isOwnAct ? table.get(`${action} themselves`) : undefined) ?? wordsFor(action, table, noun);
}

/** ` as admin`, ` from write to admin`. `role_name` knows an organisation's own roles, `permission` only GitHub's. */
function permission(payload: Payload, action: string): string {
  const to = wordOf(payload, 'changes.role_name.to') ?? wordOf(payload, 'changes.permission.to');
  if (action === 'added') return to === null ? '' : ` as ${to}`;
  const from = wordOf(payload, 'changes.permission.from') ?? wordOf(payload, 'changes.old_permission.from');
  if (action !== 'edited' || from === null) return '';
  return to === null || to === from ? `, which was ${from}` : ` from ${from} to ${to}`;
}

function wordOf(payload: Payload, path: string): string | null {
  const name = textOrNull(payload, path);
  return name === null ? null : asWords(spaced(name));
}
