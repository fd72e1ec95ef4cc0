import type { Subject } from '../../../../model/activity.ts';
import { type Payload, text, textOrNull } from '../../../../shared/payload.ts';
import { asWords } from '../../../../telling/parts.ts';
import { spaced } from '../../../../text/words.ts';
import type { ActivityParts, FamilyOutput } from '../family.ts';
import { besideActor } from '../people.ts';
import { accountPage, orgPage } from '../places.ts';
import { told, wordsFor, wordTable } from '../words.ts';

const WORDS = wordTable({
  member_added: ['Organization member joined', 'added {it} to {repo}', 'good'],
  'member_added themselves': ['Organization member joined', 'joined {repo}', 'good'],
  member_invited: ['Organization member invited', 'invited {it} to {repo}', 'waiting'],
  member_removed: ['Organization member removed', 'removed {it} from {repo}'],
  'member_removed themselves': ['Organization member left', 'left {repo}'],
  'member_invited by mail': ['Organization member invited', 'invited somebody to {repo} by mail', 'waiting'],
  renamed: ['Organization renamed', 'renamed the organization {repo}'],
  deleted: ['Organization deleted', 'deleted the organization {repo}', 'bad'],
});

const BLOCK = wordTable({
  blocked: ['User blocked', 'blocked {it}'],
  unblocked: ['User unblocked', 'unblocked {it}'],
});

/** `direct_member` is how GitHub calls a plain one. */
const PLAIN_ROLES = new Set(['member', 'direct_member']);

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#organization; whom a mail invites is not named. */
export function organization(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  if (action === 'renamed' || action === 'deleted') return ofItself(payload, action);
  const login =
    textOrNull(payload, 'membership.user.login') ??
    textOrNull(payload, 'user.login') ??
    textOrNull(payload, 'invitation.login');
  const role = textOrNull(payload, 'membership.role') ?? textOrNull(payload, 'invitation.role');
  const isOwnAct = login !== null && login === textOrNull(payload, 'sender.login');
  const exact = WORDS.get(`${action} ${isOwnAct ? 'themselves' : login === null ? 'by mail' : ''}`);
  return {
    ...told(action, exact ?? wordsFor(action, WORDS, 'organization')),
    subject: memberSubject(payload, login),
    ...(action === 'member_removed' && login !== null ? leaving(payload, login) : {}),
    facts: [
      role === null || PLAIN_ROLES.has(role) ? null : `as ${role === 'admin' ? 'owner' : spaced(role)}`,
      action === 'member_invited' ? besideActor(payload, 'by', 'invitation.inviter.login') : null,
    ],
  };
}

export function memberSubject(payload: Payload, login: string | null): Subject {
  const url = login === null ? orgPage(payload) : accountPage(payload, login);
  return { noun: 'member', handle: login, title: login ?? '', url };
}

/** Whoever leaves the organization leaves each of their teams, and GitHub tells each to its own hooks. */
export function leaving(payload: Payload, login: string): Pick<ActivityParts, 'happening' | 'isOnceADay'> {
  const org = textOrNull(payload, 'organization.login');
  return org === null ? {} : { happening: `left ${org.toLowerCase()} ${login}`, isOnceADay: true };
}

function ofItself(payload: Payload, action: string): FamilyOutput {
  const login = text(payload, 'organization.login');
  const before = textOrNull(payload, 'changes.login.from');
  const words = wordsFor(action, WORDS, 'organization');
  const isOther = action === 'renamed' && before !== null && before !== login;
  return {
    ...told(action, isOther ? { ...words, did: `renamed the organization ${asWords(before)} to {repo}` } : words),
    subject: { noun: 'organization', handle: null, title: login, url: orgPage(payload) },
  };
}

export function orgBlock(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const login = text(payload, 'blocked_user.login');
  return {
    ...told(action, wordsFor(action, BLOCK, 'user')),
    subject: { noun: 'user', handle: login, title: login, url: accountPage(payload, login) },
  };
}
