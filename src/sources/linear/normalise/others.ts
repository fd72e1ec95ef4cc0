import { read, textOrNull } from '../../../shared/payload.ts';
import { excerpt } from '../../../telling/excerpt.ts';
import { inWords } from '../../../telling/generic.ts';
import { page } from '../../../telling/page.ts';
import { after, firstText, person } from '../../../telling/parts.ts';
import { type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import { capitalised } from '../../../text/words.ts';
import type { LinearEvent } from './event.ts';
import { generic } from './generic.ts';
import { identifierOf, issueNamed } from './parts.ts';
import { thing } from './thing.ts';

/** Before the issue. */
const ATTACHMENT: WordTable = {
  create: ['Attachment added', 'neutral', 'added {it} to'],
  remove: ['Attachment deleted', 'neutral', 'removed {it} from'],
  update: ['Attachment edited', 'neutral', 'edited {it} of'],
};

/** A link at an issue: a pull request, a thread of a chat, a ticket. Most come of integrations. */
export function attachment(event: LinearEvent): Told {
  const { data, action, before } = event;
  const issue = read(data, 'issue');
  const it = identifierOf(issue, textOrNull(issue, 'url'));
  const at = it ?? 'an issue';
  const words = wordsOf(ATTACHMENT, action);
  if (words === null) return generic(event);
  return {
    ...words,
    did: `${words.did} ${at}`,
    noun: 'attachment',
    title: textOrNull(data, 'title') ?? '',
    url: page(textOrNull(data, 'url')),
    facts: [
      textOrNull(data, 'subtitle'),
      after('was:', textOrNull(before, 'title')),
      event.actor === null ? after('of', it) : null,
    ],
    thread: issueNamed(event, issue ?? { id: read(data, 'issueId') }).thread ?? null,
  };
}

/** What a customer asks for, at an issue or a project. */
export function customerNeed(event: LinearEvent): Told {
  const { data, action } = event;
  if (action !== 'create') return thing(event);
  return {
    ...issueNamed(event, read(data, 'issue')),
    headline: 'Customer request added',
    did: 'added a customer request to {it}',
    tone: 'opened',
    excerpt: excerpt(textOrNull(data, 'body')),
    facts: [after('of', textOrNull(data, 'customer.name'))],
    sum: { noun: 'customer request', part: null, alone: null },
  };
}

/** Somebody calls an agent on an issue, or answers it. */
export function agentSession(event: LinearEvent): Told {
  const { data, action, payload } = event;
  const isNew = action === 'created';
  if (!isNew && action !== 'prompted') return generic(event);
  const by = firstText(payload, ['agentActivity.user.name', 'agentSession.creator.name', 'actor.name']);
  const words = firstText(payload, ['agentActivity.content.body', 'agentSession.comment.body']);
  return {
    ...issueNamed(event, read(data, 'issue')),
    headline: isNew ? 'Agent called' : 'Agent answered',
    did: isNew ? 'called the agent on {it}' : 'answered the agent on {it}',
    by: person(by),
    excerpt: excerpt(words),
    isSpoken: true,
    sum: { noun: ['message to the agent', 'messages to the agent'], part: null, alone: null },
  };
}

/** What an app's own inbox gets: the events themselves say more. */
export function notification(event: LinearEvent): Told {
  const { data, action } = event;
  return {
    ...issueNamed(event, read(data, 'issue')),
    headline: `Inbox: ${capitalised(inWords(action ?? 'notification')).toLowerCase()}`,
    by: person(textOrNull(data, 'actor.name')),
    excerpt: excerpt(textOrNull(data, 'comment.body')),
    sum: { noun: 'notification', part: null, alone: null },
  };
}

/** Of the app whose webhook this is. */
export function app(event: LinearEvent): Told {
  const isRevoked = event.action === 'revoked';
  return {
    headline: isRevoked ? 'App access revoked' : 'App access changed',
    tone: isRevoked ? 'bad' : 'waiting',
    noun: 'app',
    title: firstText(event.payload, ['oauthClient.name', 'appName']) ?? '',
    sum: { noun: 'app access', part: isRevoked ? 'revoked' : 'changed', alone: null },
  };
}
