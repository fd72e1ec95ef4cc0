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
          dayFact('due', data, 'dueDate'),
        ],
      };
    case 'update':
      return updated(event);
    case 'remove':
      return { ...common(event), headline: 'Issue deleted', ...saidBy(event, 'deleted {it}') };
    default:
      return generic(event);
  }
}

/** The weightiest change makes the sentence, the others are facts. */
function updated(event: LinearEvent): Told {
  const [first, ...others] = changesOf(event);
  const { headline, tone = 'neutral', did, became, fact = null, isMinor = false } = first;
  return {
    ...common(event),
    headline,
    tone,
    ...saidBy(event, did, became),
    facts: [fact, ...others.map((other) => other.became)],
    isMinor: isMinor && others.every((other) => other.isMinor === true),
  };
}

const SLA: Readonly<Record<string, readonly [headline: string, became: string, tone: 'bad' | 'waiting' | 'neutral']>> =
  {
    breached: ['Issue breached its SLA', 'breached its SLA', 'bad'],
    highRisk: ['Issue close to breaching its SLA', 'is close to breaching its SLA', 'waiting'],
    set: ['Issue has an SLA', 'has an SLA', 'neutral'],
  };

/** A term by which an issue is to be done. */
export function issueSla(event: LinearEvent): Told {
  const { data, action } = event;
  const words = Object.hasOwn(SLA, action ?? '') ? SLA[action ?? ''] : undefined;
  if (words === undefined) return generic(event);
  const [headline, became, tone] = words;
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
    sum: { noun: 'issue', part: became, alone: null },
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
