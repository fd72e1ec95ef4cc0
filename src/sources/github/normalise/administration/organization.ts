import { type Payload, text, textOrNull } from '../../../../shared/payload.ts';
import { spaced } from '../../../../text/words.ts';
import { fromTo } from '../changes.ts';
import type { FamilyOutput } from '../family.ts';
import { besideActor } from '../people.ts';
import { accountPage, orgPage } from '../places.ts';
import { told, wordsFor, wordTable } from '../words.ts';

const WORDS = wordTable({
  member_added: ['Organization member joined', 'added {it} to {repo}', 'good'],
  'member_added themselves': ['Organization member joined', 'joined {repo}', 'good'],
  member_invited: ['Organization member invited', 'invited {it} to {repo}', 'waiting'],
  member_removed: ['Organization member removed', 'removed {it} from {repo}'],
  'member_removed themselves': ['Organization member left', 'left {repo}'],
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
  const exact = isOwnAct ? WORDS.get(`${action} themselves`) : undefined;
  return {
    ...told(action, exact ?? wordsFor(action, WORDS, 'organization')),
    subject: {
      noun: 'member',
      handle: login,
      title: login ?? (action === 'member_invited' ? 'somebody, by mail' : ''),
      url: action === 'member_added' ? accountPage(payload, login) : orgPage(payload),
    },
    facts: [
      role === null || PLAIN_ROLES.has(role) ? null : `as ${role === 'admin' ? 'owner' : spaced(role)}`,
      action === 'member_invited' ? besideActor(payload, 'by', 'invitation.inviter.login') : null,
    ],
  };
}

function ofItself(payload: Payload, action: string): FamilyOutput {
  const login = text(payload, 'organization.login');
  const before = textOrNull(payload, 'changes.login.from');
  const title = before === null ? null : fromTo(before, login);
  return {
    ...told(action, wordsFor(action, WORDS, 'organization')),
    subject: { noun: 'organization', handle: null, title: title ?? login, url: orgPage(payload) },
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
