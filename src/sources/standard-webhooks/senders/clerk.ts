import { textOrNull } from '../../../shared/payload.ts';
import { asWords, firstText, idAt, joined } from '../../../telling/parts.ts';
import type { Family, Told, WordTable } from '../../../telling/told.ts';
import { wordsOf } from '../../../telling/told.ts';
import { payment, subscription } from './clerk-billing.ts';
import { fullName, isGone, organizationName, roleName, userName, userPerson } from './clerk-people.ts';
import { inGeneralWords } from './everybody-else.ts';
import type { Sender, SentEvent } from './sender.ts';
import { entry } from './words.ts';

const DETAILS = 'details change many times';
const SIGN_IN = 'people sign in and out many times a day';
const EVERYBODY = 'every user has one, which holds their plans';
const ITEMS = 'it is news when it is active, or ends';
const CODES = 'such a message may hold a code that signs somebody in';

/** https://clerk.com/docs/webhooks/overview: times in ms; what is deleted is told by its id alone. */
export const CLERK: Sender = {
  title: 'Clerk',
  url: 'https://dashboard.clerk.com',
  names: ['type'],
  id: null,
  times: ['timestamp', 'data.updated_at'],
  events: {
    email: entry('', {}, { [CODES]: 'created' }),
    invitation: entry('created accepted revoked'),
    organization: entry('created deleted', { [DETAILS]: 'updated' }),
    organizationDomain: entry('created deleted', { [DETAILS]: 'updated' }),
    organizationInvitation: entry('created accepted revoked'),
    organizationMembership: entry('created deleted', { [DETAILS]: 'updated' }),
    paymentAttempt: { ...entry('updated', { 'it is news when it ends': 'created' }), facets: ['currency'] },
    permission: entry('created deleted', { [DETAILS]: 'updated' }),
    role: entry('created deleted', { [DETAILS]: 'updated' }),
    session: entry('revoked', { [SIGN_IN]: 'created ended removed pending' }),
    sms: entry('', {}, { [CODES]: 'created' }),
    subscription: entry('pastDue past_due', { [EVERYBODY]: 'created active', [DETAILS]: 'updated' }),
    subscriptionItem: {
      actions: {
        ...entry('canceled ended pastDue past_due freeTrialEnding', {
          [ITEMS]: 'created updated upcoming incomplete abandoned',
        }).actions,
        active: { minorWhen: 'the plan is free' },
      },
      facets: [],
    },
    user: entry('created deleted', { [DETAILS]: 'updated' }),
    waitlistEntry: entry('created', { [DETAILS]: 'updated' }),
  },
  isIts: (payload) =>
    payload['object'] === 'event' &&
    ('event_attributes' in payload || 'instance_id' in payload || typeof payload['timestamp'] === 'number') &&
    textOrNull(payload, 'data.object') !== null,
  tell: (event) => (FAMILIES.get(event.type) ?? inGeneralWords)(event),
};

const FAMILIES: ReadonlyMap<string, Family<SentEvent>> = new Map<string, Family<SentEvent>>([
  ['user', user],
  ['session', session],
  ['organization', organization],
  ['organizationMembership', membership],
  ['organizationInvitation', invitation],
  ['invitation', invitation],
  ['waitlistEntry', waitlist],
  ['role', permitted('role')],
  ['permission', permitted('permission')],
  ['paymentAttempt', payment],
  ['subscription', subscription],
  ['subscriptionItem', subscription],
]);

const USER: WordTable = {
  created: ['User signed up', 'opened', 'signed up'],
  updated: ['User updated'],
  deleted: ['User deleted'],
};

/** `lena@example.com signed up in Clerk` */
function user(event: SentEvent): Told {
  const words = wordsOf(USER, event.action);
  if (words === null) return inGeneralWords(event);
  const { data } = event;
  const name = userName(data);
  const signsUp = event.action === 'created' && name !== null;
  const real = fullName(data);
  return {
    ...words,
    did: signsUp ? (words.did ?? null) : null,
    by: signsUp ? userPerson(data) : null,
    noun: 'user',
    handle: name === null ? idAt(data, 'id') : null,
    title: signsUp ? '' : (name ?? ''),
    facts: [real === name ? null : real],
    thread: threadOf('user', idAt(data, 'id')),
  };
}

const SESSION: WordTable = {
  created: ['Session started', 'neutral', 'started a session'],
  pending: ['Session pending'],
  ended: ['Session ended', 'neutral', 'ended a session'],
  removed: ['Session removed', 'neutral', 'signed out of a session'],
  revoked: ['Session revoked', 'waiting'],
};

function session(event: SentEvent): Told {
  const words = wordsOf(SESSION, event.action);
  if (words === null) return inGeneralWords(event);
  const { data } = event;
  const who = userPerson(data['user']);
  const isTheirs = words.did !== null && who !== null;
  return {
    ...words,
    did: isTheirs ? (words.did ?? null) : null,
    by: isTheirs ? who : null,
    noun: 'session',
    handle: who === null ? idAt(data, 'user_id') : null,
    title: isTheirs ? '' : (who?.login ?? ''),
    thread: threadOf('user', idAt(data, 'user_id')),
  };
}

const ORGANIZATION: WordTable = {
  created: ['Organization created', 'opened'],
  updated: ['Organization updated'],
  deleted: ['Organization deleted'],
};

function organization(event: SentEvent): Told {
  const words = wordsOf(ORGANIZATION, event.action);
  return words === null ? inGeneralWords(event) : { ...words, ...named(event, 'organization') };
}

const MEMBERSHIP: WordTable = {
  created: ['Member joined', 'good', 'joined {it}'],
  updated: ['Membership changed'],
  deleted: ['Member left', 'neutral', 'left {it}'],
};

/** `lena@example.com joined Acme in Clerk` */
function membership(event: SentEvent): Told {
  const words = wordsOf(MEMBERSHIP, event.action);
  if (words === null) return inGeneralWords(event);
  const { data } = event;
  const who = userPerson(data['public_user_data']);
  const where = organizationName(data);
  const acts = words.did !== null && who !== null && where !== null;
  const role = roleName(data);
  return {
    ...words,
    did: acts ? (words.did ?? null) : null,
    by: acts ? who : null,
    noun: acts ? '' : 'membership',
    handle: acts ? where : who === null && where === null ? idAt(data, 'id') : null,
    title: acts ? '' : joined(who?.login ?? null, 'in', where),
    facts: [role === null ? null : `role: ${role}`],
    thread: threadOf('organization', idAt(data, 'organization.id')),
  };
}

const INVITATION: WordTable = {
  created: ['Invitation sent', 'waiting'],
  accepted: ['Invitation accepted', 'good', 'accepted an invitation'],
  revoked: ['Invitation revoked'],
};

/** `lena@example.com accepted an invitation to Acme in Clerk` */
function invitation(event: SentEvent): Told {
  const words = wordsOf(INVITATION, event.action);
  if (words === null) return inGeneralWords(event);
  const { data } = event;
  const to = firstText(data, ['email_address', 'public_user_data.identifier']);
  const where = organizationName(data);
  const accepts = event.action === 'accepted' && to !== null;
  const invited = joined(to, 'to', where);
  const role = roleName(data);
  return {
    ...words,
    did: accepts ? `accepted an invitation${where === null ? '' : ` to ${asWords(where)}`}` : null,
    by: accepts ? userPerson({ email: to }) : null,
    noun: 'invitation',
    handle: invited === '' ? idAt(data, 'id') : null,
    title: accepts ? '' : invited,
    facts: [role === null ? null : `role: ${role}`],
    thread: threadOf('invitation', idAt(data, 'id')),
  };
}

const WAITLIST: WordTable = {
  created: ['Joined the waitlist', 'opened', 'joined the waitlist'],
  updated: ['Waitlist entry updated'],
};

function waitlist(event: SentEvent): Told {
  const words = wordsOf(WAITLIST, event.action);
  if (words === null) return inGeneralWords(event);
  const who = userPerson(event.data);
  const joins = words.did !== null && who !== null;
  return {
    ...words,
    did: joins ? (words.did ?? null) : null,
    by: joins ? who : null,
    noun: 'waitlist entry',
    handle: who === null ? idAt(event.data, 'id') : null,
    title: joins ? '' : (who?.login ?? ''),
  };
}

function permitted(noun: 'role' | 'permission'): Family<SentEvent> {
  const what = noun === 'role' ? 'Role' : 'Permission';
  const table: WordTable = {
    created: [`${what} created`],
    updated: [`${what} updated`],
    deleted: [`${what} deleted`],
  };
  return (event) => {
    const words = wordsOf(table, event.action);
    return words === null ? inGeneralWords(event) : { ...words, ...named(event, noun) };
  };
}

function named({ data }: SentEvent, noun: string): Pick<Told, 'noun' | 'handle' | 'title' | 'thread'> {
  // Of what is deleted an address may be left.
  const name = firstText(data, isGone(data) ? ['slug'] : ['name', 'slug', 'key']);
  const id = idAt(data, 'id');
  return { noun, handle: name === null ? id : null, title: name ?? '', thread: threadOf(noun, id) };
}

function threadOf(noun: string, id: string | null): string | null {
  return id === null ? null : `${noun} ${id}`;
}
