import type { Counted, Tone } from '../../../model/activity.ts';
import { textOrNull } from '../../../shared/payload.ts';
import { excerpt } from '../../../telling/excerpt.ts';
import { severityOf } from '../../../telling/incident.ts';
import { after, dayFact } from '../../../telling/parts.ts';
import type { Told } from '../../../telling/told.ts';
import { changesOf } from './changes.ts';
import type { LinearEvent } from './event.ts';
import { generic } from './generic.ts';
import { issueNamed, labelsOf, priorityAt, saidBy } from './parts.ts';

export function issue(event: LinearEvent): Told {
  const { data, action } = event;
  switch (action) {
    case 'create':
      return {
        ...common(event),
        headline: 'Issue opened',
        ...saidBy(event, 'opened {it}'),
        tone: 'opened',
        excerpt: excerpt(textOrNull(data, 'description')),
        facts: [
          priorityAt(data, 'priority'),
          textOrNull(data, 'state.name'),
          after('assigned to', textOrNull(data, 'assignee.name')),
          after('in', textOrNull(data, 'project.name')),
          after('part of', textOrNull(data, 'parent.identifier')),
          dayFact('due', data, 'dueDate'),
        ],
      };
    case 'update':
      return updated(event);
    case 'remove':
      return { ...common(event), headline: 'Issue deleted', ...saidBy(event, 'deleted {it}') };
    default:
      return { ...common(event), headline: generic(event).headline };
  }
}

/** The weightiest change makes the sentence, the others are facts. */
function updated(event: LinearEvent): Told {
  const [first, ...others] = changesOf(event);
  const { headline, tone = 'neutral', did, became, fact = null, isMinor = false, counts = null } = first;
  return {
    ...common(event),
    headline,
    tone,
    ...saidBy(event, did, became),
    facts: [fact, ...others.map((other) => other.became)],
    sum: counts === null ? null : { noun: counts, part: 'changed', alone: null },
    isMinor: isMinor && others.every((other) => other.isMinor === true),
  };
}

interface SlaWords {
  readonly headline: string;
  readonly became: string;
  readonly tone: Tone;
  readonly part: Counted;
}

const SLA: ReadonlyMap<string, SlaWords> = new Map([
  [
    'breached',
    {
      headline: 'Issue breached its SLA',
      became: 'breached its SLA',
      tone: 'bad',
      part: ['breached its SLA', 'breached their SLAs'],
    },
  ],
  [
    'highRisk',
    {
      headline: 'Issue close to breaching its SLA',
      became: 'is close to breaching its SLA',
      tone: 'waiting',
      part: ['close to breaching its SLA', 'close to breaching their SLAs'],
    },
  ],
  ['set', { headline: 'Issue has an SLA', became: 'has an SLA', tone: 'neutral', part: 'with an SLA' }],
]);

/** A term by which an issue is to be done. */
export function issueSla(event: LinearEvent): Told {
  const { data, action } = event;
  const words = SLA.get(action ?? '');
  if (words === undefined) return generic(event);
  const { headline, became, tone, part } = words;
  return {
    ...common(event),
    headline,
    did: null,
    became,
    tone,
    facts: [
      dayFact(action === 'breached' ? 'was due' : 'due', data, 'slaBreachesAt'),
      after('assigned to', textOrNull(data, 'assignee.name')),
    ],
    sum: { noun: 'issue', part, alone: null },
  };
}

/** What all that is said of an issue has. */
function common(event: LinearEvent) {
  const { data } = event;
  const assignee = textOrNull(data, 'assignee.name');
  const ended = textOrNull(data, 'state.type');
  const priority = priorityAt(data, 'priority') ?? textOrNull(data, 'priorityLabel');
  return {
    ...issueNamed(event, data),
    facets: {
      labels: labelsOf(data),
      assignees: assignee === null ? [] : [assignee],
      author: textOrNull(data, 'creator.name'),
      severity: severityOf(priority),
      conclusion: ended === 'completed' || ended === 'canceled' || ended === 'duplicate' ? ended : null,
    },
  } satisfies Partial<Told>;
}
