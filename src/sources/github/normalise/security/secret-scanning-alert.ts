import type { Counted, Subject, Sum } from '../../../../model/activity.ts';
import type { Severity } from '../../../../model/scales.ts';
import { isTrue, type Payload, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { asWords } from '../../../../telling/parts.ts';
import { capitalised, spaced } from '../../../../text/words.ts';
import { excerpt } from '../common.ts';
import type { FamilyOutput } from '../family.ts';
import { besideActor } from '../people.ts';
import { countedBy, filledIn, told, type Words, wordsFor, wordTable } from '../words.ts';
import { alertSubject } from './alert.ts';

/**
 * Actions, and what they come to where the payload says more than the action. The secret itself is in no text, nor is
 * its metadata, which holds people's addresses.
 */
const WORDS = wordTable({
  created: ['Secret found', 'found {it}', 'bad'],
  'created in public': ['Secret leaked publicly', 'found {it} in public', 'bad'],
  'created past protection': ['Secret pushed past protection', 'found {it} pushed past protection', 'bad'],
  publicly_leaked: ['Secret leaked publicly', 'found {it} in public', 'bad'],
  validated: ['Leaked secret checked', 'checked {it}'],
  'validated active': ['Leaked secret still works', 'found that {it} still works', 'bad'],
  'validated inactive': ['Leaked secret is dead', 'found that {it} no longer works', 'good'],
  resolved: ['Secret alert closed', 'closed {it}'],
  'resolved revoked': ['Leaked secret revoked', 'closed {it} as revoked', 'good'],
  reopened: ['Secret alert reopened', 'reopened {it}', 'bad'],
  assigned: ['Secret alert assigned', 'assigned {it}{to}'],
  unassigned: ['Secret alert unassigned', 'unassigned{from} {it}'],
  metadata_created: ['Secret details added', 'added details to {it}'],
  metadata_removed: ['Secret details removed', 'removed details of {it}'],
});

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#secret_scanning_alert */
export function secretScanningAlert(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const isClosing = action === 'resolved';
  const assignee = textOrNull(payload, 'assignee.login') ?? textOrNull(payload, 'alert.assigned_to.login');
  const assignees = assignee === null || action === 'unassigned' ? [] : [assignee];
  const words = wordsOf(payload, action);
  const who = asWords(assignee ?? '');
  return {
    ...told(action, filledIn(words, { to: who && ` to ${who}`, from: who && ` ${who} from` })),
    subject: secretSubject(payload),
    excerpt: isClosing ? excerpt(textOrNull(payload, 'alert.resolution_comment')) : null,
    facts: [
      ...(isClosing ? [resolution(payload), besideActor(payload, 'by', 'alert.resolved_by.login')] : []),
      ...(isClosing ? [] : dangers(payload, action)),
    ],
    sum: sumOf(words.headline),
    severity: secretSeverity(payload),
    assignees,
    asked: action === 'assigned' ? assignees : [],
    occurredAt:
      timeOrNull(payload, `alert.${isClosing ? 'resolved_at' : 'updated_at'}`) ??
      timeOrNull(payload, 'alert.created_at'),
  };
}

function wordsOf(payload: Payload, action: string): Words {
  return WORDS.get(`${action} ${sortOf(payload, action)}`) ?? wordsFor(action, WORDS, 'secret alert');
}

/** Where it does not follow `3 leaked secrets`. */
const PARTS: ReadonlyMap<string, Counted> = new Map<string, Counted>([
  ['is dead', ['is dead', 'are dead']],
  ['leaked publicly', 'in public'],
  ['still works', ['still works', 'still work']],
]);

/** By what the headline says of a secret; details that are added or removed are counted by themselves. */
function sumOf(headline: string): Sum | null {
  const part = headline.replace(/^(?:Leaked secret|Secret(?: alert)?) /, '');
  if (part.startsWith('details')) return { noun: 'change', part: 'of secret details', alone: null };
  return countedBy('leaked secret', part, PARTS);
}

/** The worst comes first: whoever pushed past the protection had been warned, but the public has it already. */
function sortOf(payload: Payload, action: string): string | null {
  if (action === 'validated') return textOrNull(payload, 'alert.validity');
  if (action === 'resolved') return textOrNull(payload, 'alert.resolution');
  if (isTrue(payload, 'alert.publicly_leaked')) return 'in public';
  return isBypassed(payload) ? 'past protection' : null;
}

/** Its title is the kind of secret: `Amazon AWS Access Key ID`. */
export function secretSubject(payload: Payload): Subject {
  const kind = textOrNull(payload, 'alert.secret_type');
  const title =
    textOrNull(payload, 'alert.secret_type_display_name') ??
    (kind === null ? 'Secret of an unknown kind' : capitalised(spaced(kind)));
  return alertSubject(payload, 'leaked secret', title, 'secret-scanning');
}

/** GitHub grades no secrets. One that the public has, or that is known to work, is as bad as it gets. */
export function secretSeverity(payload: Payload): Severity | null {
  const isClosed = textOrNull(payload, 'alert.resolution') !== null;
  const validity = textOrNull(payload, 'alert.validity');
  if (isClosed || validity === 'inactive') return null;
  return validity === 'active' || isTrue(payload, 'alert.publicly_leaked') ? 'critical' : 'high';
}

/** What makes it worse, where the headline does not say so. */
function dangers(payload: Payload, action: string): readonly (string | null)[] {
  const isPublic = isTrue(payload, 'alert.publicly_leaked');
  return [
    action !== 'validated' && textOrNull(payload, 'alert.validity') === 'active' ? 'still works' : null,
    isBypassed(payload) ? bypass(payload, action === 'created' && !isPublic) : null,
    isPublic && action !== 'created' && action !== 'publicly_leaked' ? 'leaked publicly' : null,
    isTrue(payload, 'alert.multi_repo') ? 'in several repositories' : null,
  ];
}

function bypass(payload: Payload, isInHeadline: boolean): string | null {
  const who = textOrNull(payload, 'alert.push_protection_bypassed_by.login');
  if (isInHeadline) return who === null ? null : `by ${who}`;
  return who === null ? 'push protection bypassed' : `push protection bypassed by ${who}`;
}

function isBypassed(payload: Payload): boolean {
  return isTrue(payload, 'alert.push_protection_bypassed');
}

/** The headline tells a revoked one already. */
function resolution(payload: Payload): string | null {
  const why = textOrNull(payload, 'alert.resolution');
  if (why === null || why === 'revoked') return null;
  return why === 'wont_fix' ? "won't fix" : spaced(why);
}
