import type { Tone } from '../../../model/activity.ts';
import { read, textOrNull } from '../../../shared/payload.ts';
import { after, asWords, day, idAt, worded } from '../../../telling/parts.ts';
import { counted, enumerated, joined } from '../../../text/words.ts';
import { hasChanged, type LinearEvent } from './event.ts';
import { labelChange, priorityAt } from './parts.ts';

/** One change of an issue. */
export interface Change {
  readonly headline: string;
  /** With `{it}`. */
  readonly did: string;
  /** Where nobody is known to have done it, and as a fact beside a weightier change. Null: the headline says it. */
  readonly became: string | null;
  readonly tone?: Tone;
  readonly fact?: string | null;
  readonly isMinor?: boolean;
  /** What is counted of several, where it is no issue: `issue priority`. */
  readonly counts?: string;
}

/** Field → what its change says, the weightiest first. */
const CHANGES: readonly (readonly [field: string, say: (event: LinearEvent) => Change])[] = [
  ['archivedAt', archived],
  ['teamId', toTeam],
  ['stateId', stateChanged],
  ['assigneeId', assigned],
  ['delegateId', delegated],
  ['priority', prioritised],
  ['projectId', (event) => placed(event, 'project', textOrNull(event.data, 'project.name'))],
  ['projectMilestoneId', (event) => placed(event, 'milestone', textOrNull(event.data, 'projectMilestone.name'), true)],
  ['cycleId', (event) => placed(event, 'cycle', cycleOf(event), true)],
  ['dueDate', dueChanged],
  ['title', renamed],
  ['labelIds', labelled],
  ['estimate', estimated],
  ['parentId', nested],
  ['description', described],
];

/** What came of itself with a change, and is not worth a word. */
const SILENT =
  /^(?:updatedAt|sortOrder|boardOrder|subIssueSortOrder|prioritySortOrder|priorityLabel|labels|startedAt|completedAt|canceledAt|triagedAt|startedTriageAt|autoClosedAt|autoArchivedAt|trashed|addedTo\w+|sla\w+|descriptionData|subscriberIds|previousIdentifiers|identifier|number|url|reactionData|botActor|team|state|assignee|delegate|project|projectMilestone|cycle|\w+At)$/;

/** At least one. */
export function changesOf(event: LinearEvent): readonly [Change, ...Change[]] {
  const [first, ...others] = CHANGES.filter(([field]) => hasChanged(event, field)).map(([, say]) => say(event));
  return first === undefined ? [edited(event)] : [first, ...others];
}

function edited({ before }: LinearEvent): Change {
  const fields = Object.keys(before).filter((field) => !SILENT.test(field));
  const names = fields
    .slice(0, 10)
    .map((field) => worded(field.replace(/Id$/, '').replace(/([a-z])([A-Z])/g, '$1 $2')));
  const fact = after('changed:', enumerated(names.map((name) => name.toLowerCase())));
  return { headline: 'Issue edited', did: 'edited {it}', became: null, fact, isMinor: true };
}

function described(): Change {
  return {
    headline: 'Issue description edited',
    counts: 'issue description',
    did: 'edited the description of {it}',
    became: 'has another description',
    isMinor: true,
  };
}

function estimated({ data, before }: LinearEvent): Change {
  const [is, was] = [idAt(data, 'estimate'), idAt(before, 'estimate')];
  const common = {
    headline: 'Issue estimate changed',
    counts: 'issue estimate',
    fact: after('was:', was),
    isMinor: true,
  };
  return is === null
    ? { ...common, did: 'removed the estimate of {it}', became: 'has no estimate' }
    : { ...common, did: `set the estimate of {it} to ${is}`, became: `has an estimate of ${is}` };
}

/** Below another issue. */
function nested({ data }: LinearEvent): Change {
  const common = { headline: 'Issue moved', isMinor: true };
  if (textOrNull(data, 'parentId') === null)
    return { ...common, did: 'made {it} an issue of its own', became: 'no longer a sub-issue' };
  const parent = textOrNull(data, 'parent.identifier');
  const of = parent === null ? '' : ` of ${asWords(parent)}`;
  return { ...common, did: `made {it} a sub-issue${of}`, became: `is a sub-issue${of}` };
}

function archived({ data }: LinearEvent): Change {
  if (textOrNull(data, 'archivedAt') === null)
    return { headline: 'Issue restored', did: 'restored {it}', became: null };
  return read(data, 'trashed') === true
    ? { headline: 'Issue deleted', did: 'deleted {it}', became: null }
    : { headline: 'Issue archived', did: 'archived {it}', became: null };
}

const STATE_TONES: ReadonlyMap<string, Tone> = new Map([
  ['completed', 'done'],
  ['triage', 'waiting'],
]);

/** The team is the place. */
function toTeam(): Change {
  return { headline: 'Issue moved', did: 'moved {it} to team {repo}', became: 'moved to team {repo}' };
}

function stateChanged(event: LinearEvent): Change {
  const { data } = event;
  const type = textOrNull(data, 'state.type') ?? '';
  const name = textOrNull(data, 'state.name');
  const to = name === null ? '' : ` to ${asWords(name)}`;
  return {
    headline: 'Issue moved',
    did: `moved {it}${to}`,
    became: `moved${to}`,
    tone: STATE_TONES.get(type) ?? 'neutral',
  };
}

function assigned({ data, before, actorId }: LinearEvent): Change {
  const name = textOrNull(data, 'assignee.name');
  if (name === null) {
    const isOwn = actorId !== null && read(before, 'assigneeId') === actorId;
    const did = isOwn ? 'unassigned themselves from {it}' : 'unassigned {it}';
    return { headline: 'Issue unassigned', did, became: 'no longer assigned' };
  }
  const isOwn = actorId !== null && textOrNull(data, 'assignee.id') === actorId;
  const to = asWords(name);
  const did = isOwn ? 'assigned themselves to {it}' : `assigned {it} to ${to}`;
  return { headline: 'Issue assigned', did, became: `assigned to ${to}` };
}

function delegated({ data }: LinearEvent): Change {
  const name = textOrNull(data, 'delegate.name');
  if (name === null)
    return {
      headline: 'Issue no longer delegated',
      did: 'took {it} back from its agent',
      became: 'no longer delegated',
    };
  const to = asWords(name);
  return { headline: 'Issue delegated', did: `delegated {it} to ${to}`, became: `delegated to ${to}` };
}

function prioritised({ data, before }: LinearEvent): Change {
  const is = priorityAt(data, 'priority') ?? noneAsNull(textOrNull(data, 'priorityLabel'));
  const fact = after('was:', priorityAt(before, 'priority'));
  const headline = 'Issue priority changed';
  const counts = 'issue priority';
  if (is === null) return { headline, counts, did: 'removed the priority of {it}', became: 'has no priority', fact };
  const tone = is === 'Urgent' ? 'waiting' : 'neutral';
  return {
    headline,
    counts,
    did: `set the priority of {it} to ${asWords(is)}`,
    became: `has priority ${asWords(is)}`,
    fact,
    tone,
  };
}

function noneAsNull(label: string | null): string | null {
  return label === 'No priority' ? null : label;
}

function placed({ data, before }: LinearEvent, noun: string, name: string | null, isMinor = false): Change {
  const field = noun === 'milestone' ? 'projectMilestoneId' : `${noun}Id`;
  if (textOrNull(data, field) === null)
    return {
      headline: `Issue removed from ${noun}`,
      did: `removed {it} from its ${noun}`,
      became: `no longer in its ${noun}`,
      isMinor,
    };
  const to = name === null ? `another ${noun}` : `${noun} ${asWords(name)}`;
  const isNew = textOrNull(before, field) === null;
  return isNew
    ? { headline: `Issue added to ${noun}`, did: `added {it} to ${to}`, became: `added to ${to}`, isMinor }
    : { headline: `Issue moved to ${noun}`, did: `moved {it} to ${to}`, became: `moved to ${to}`, isMinor };
}

function cycleOf({ data }: LinearEvent): string | null {
  return textOrNull(data, 'cycle.name') ?? idAt(data, 'cycle.number');
}

function dueChanged({ data, before }: LinearEvent): Change {
  const due = day(data, 'dueDate');
  const fact = after('was:', day(before, 'dueDate'));
  const headline = 'Issue due date changed';
  const counts = 'issue due date';
  if (due === null)
    return { headline, counts, did: 'removed the due date of {it}', became: 'has no due date', fact, isMinor: true };
  return { headline, counts, did: `set the due date of {it} to ${due}`, became: `due ${due}`, fact, isMinor: true };
}

function renamed({ before }: LinearEvent): Change {
  const fact = after('was:', textOrNull(before, 'title'));
  return { headline: 'Issue renamed', did: 'renamed {it}', became: null, fact, isMinor: true };
}

const ISSUE_LABELS = 'issue label';

function labelled(event: LinearEvent): Change {
  const { added, removed } = labelChange(event);
  const gone = removed === 0 ? null : `${counted(removed, 'label')} removed`;
  if (added.length === 0) {
    const what = removed > 1 ? counted(removed, 'label') : 'a label';
    return {
      headline: 'Issue labels changed',
      counts: ISSUE_LABELS,
      did: `removed ${what} from {it}`,
      became: `lost ${what}`,
      isMinor: true,
    };
  }
  const names = `${added.length === 1 ? 'label' : 'labels'} ${joined(added.slice(0, 3).map(asWords))}`;
  return {
    headline: 'Issue labels changed',
    counts: ISSUE_LABELS,
    did: `added ${names} to {it}`,
    became: `has ${names}`,
    fact: gone,
    isMinor: true,
  };
}
