import type { RunResult } from '../../../model/activity.ts';
import { isTrue, type Payload, read, textOrNull } from '../../../shared/payload.ts';
import { generic, toneOf } from '../../../telling/generic.ts';
import { type IncidentStep, incidentResult, incidentTold, severityOf } from '../../../telling/incident.ts';
import { after, asWords, firstText, idAt, numberAt } from '../../../telling/parts.ts';
import type { Told } from '../../../telling/told.ts';
import { counted } from '../../../text/words.ts';
import { culpritOf, happeningOf, issueIdOf, type SentryEvent, threadOf } from './parts.ts';

/** What became of an issue: errors that Sentry takes for one. */
export function issue(event: SentryEvent): Told {
  const told = wordsOf(event);
  const { payload } = event;
  const assignee = assigneeOf(payload);
  return {
    ...told,
    thread: threadOf(payload),
    facets: {
      severity: severityOf(textOrNull(payload, 'data.issue.priority')) ?? severityOf(levelOf(payload)),
      assignees: assignee === null ? [] : [assignee],
    },
  };
}

function wordsOf(event: SentryEvent): Told {
  switch (event.action) {
    case 'created':
      return created(event);
    case 'resolved':
      return { ...step(event, 'resolved'), facts: [howResolved(event.payload)], result: resultOf(event, 'resolved') };
    case 'unresolved':
      return unresolved(event);
    case 'assigned':
      return step(event, 'reassigned');
    case 'archived':
    case 'ignored':
      return archived(event);
    case 'unassigned':
      return unassigned(event);
    default:
      return unknown(event);
  }
}

/** What Sentry invents later keeps its issue. */
function unknown({ action, payload }: SentryEvent): Told {
  const name = `issue.${action ?? 'changed'}`;
  return { ...named(payload), headline: generic({ name, action, payload: {} }).headline, tone: toneOf(action ?? '') };
}

function unassigned({ payload, actor }: SentryEvent): Told {
  const words = actor === null ? { became: 'is no longer assigned' } : { did: 'unassigned {it}' };
  return { ...named(payload), headline: 'Issue unassigned', ...words };
}

function created(event: SentryEvent): Told {
  const { payload } = event;
  const first = happeningOf(issueIdOf(payload), payload, 'data.issue.firstSeen');
  if (textOrNull(payload, 'data.issue.issueCategory') === 'feedback') return { ...feedback(payload), happening: first };
  return {
    ...named(payload),
    headline: 'New issue',
    tone: 'bad',
    happening: first,
    facts: [
      levelFact(payload),
      isTrue(payload, 'data.issue.isUnhandled') ? 'unhandled' : null,
      culpritOf(read(payload, 'data.issue')),
    ],
    result: resultOf(event, 'triggered'),
  };
}

/** What a user wrote into the form of an app: nothing broke. */
function feedback(payload: Payload): Told {
  const words = firstText(payload, ['data.issue.metadata.message', 'data.issue.metadata.value']);
  return {
    ...named(payload),
    headline: 'New feedback',
    tone: 'opened',
    noun: 'feedback',
    title: words ?? named(payload).title,
    facts: [after('from', firstText(payload, ['data.issue.metadata.name', 'data.issue.metadata.contact_email']))],
    sum: { noun: 'new feedback', part: null, alone: null },
  };
}

/** It came back, came more often than before, or somebody took it up again. */
function unresolved(event: SentryEvent): Told {
  const { payload, actor } = event;
  const substatus = textOrNull(payload, 'data.issue.substatus');
  const result = resultOf(event, 'reopened');
  const facts = [levelFact(payload), seen(payload)];
  if (substatus === 'regressed')
    return {
      ...named(payload),
      headline: 'Issue regressed',
      became: 'is back',
      tone: 'bad',
      facts,
      result,
      happening: happeningOf(issueIdOf(payload), payload, 'data.issue.lastSeen'),
    };
  if (substatus === 'escalating')
    return {
      ...named(payload),
      headline: 'Issue escalating',
      became: 'happens more and more',
      tone: 'bad',
      facts,
      result,
    };
  return { ...step(event, 'reopened'), tone: actor === null ? 'bad' : 'opened', facts, result };
}

const UNTIL: Readonly<Record<string, string>> = {
  archived_until_escalating: 'until it happens more often',
  archived_until_condition_met: 'until a condition is met',
  archived_forever: 'for good',
};

function archived({ payload, actor, action }: SentryEvent): Told {
  const words = action === 'ignored' ? 'ignored' : 'archived';
  const substatus = textOrNull(payload, 'data.issue.substatus') ?? '';
  return {
    ...named(payload),
    headline: `Issue ${words}`,
    ...(actor === null ? { became: words } : { did: `${words} {it}` }),
    facts: [Object.hasOwn(UNTIL, substatus) ? (UNTIL[substatus] ?? null) : null],
  };
}

function step({ payload, actor }: SentryEvent, name: IncidentStep): Told {
  const { noun, handle, title } = named(payload);
  const assignee = assigneeOf(payload);
  const ids = ['data.issue.assignedTo.id', 'data.assignee.id'].map((path) => idAt(payload, path));
  return incidentTold(name, {
    noun,
    handle,
    title,
    isByPerson: actor !== null,
    to: name === 'reassigned' ? assignee : null,
    isToThemselves: ids.some((id) => id !== null && id === idAt(payload, 'actor.id')),
  });
}

function named(payload: Payload): { readonly noun: string; readonly handle: string | null; readonly title: string } {
  const title = firstText(payload, ['data.issue.title', 'data.issue.metadata.title', 'data.issue.metadata.value']);
  return { noun: 'issue', handle: firstText(payload, ['data.issue.shortId']), title: title ?? '' };
}

/** A person by name, else by mail; a team as Sentry writes it. */
function assigneeOf(payload: Payload): string | null {
  for (const path of ['data.issue.assignedTo', 'data.assignee']) {
    const name = firstText(payload, [`${path}.name`, `${path}.email`]);
    if (name !== null) return textOrNull(payload, `${path}.type`) === 'team' ? `#${name.replace(/^#/, '')}` : name;
  }
  return null;
}

const RESOLVED: Readonly<Record<string, string>> = {
  resolved_in_next_release: 'in the next release',
  in_next_release: 'in the next release',
  inNextRelease: 'in the next release',
  resolved_in_commit: 'by a commit',
  in_commit: 'by a commit',
  resolved_by_age: 'not seen for long',
  by_age: 'not seen for long',
  resolved_in_pull_request: 'by a pull request',
  with_commit: 'by a commit',
};

function howResolved(payload: Payload): string | null {
  const release = firstText(payload, ['data.issue.statusDetails.inRelease']);
  if (release !== null) return `in ${asWords(release)}`;
  if (isTrue(payload, 'data.issue.statusDetails.inNextRelease')) return 'in the next release';
  const how = textOrNull(payload, 'data.resolution_type') ?? '';
  return Object.hasOwn(RESOLVED, how) ? (RESOLVED[how] ?? null) : null;
}

function levelOf(payload: Payload): string | null {
  return textOrNull(payload, 'data.issue.level');
}

/** Nearly all are errors. */
function levelFact(payload: Payload): string | null {
  const level = levelOf(payload);
  return level === 'error' ? null : level;
}

function seen(payload: Payload): string | null {
  const count = numberAt(payload, 'data.issue.count');
  return count === null || count <= 1 || !Number.isSafeInteger(count) ? null : `${counted(count, 'time')} in all`;
}

/** An issue that comes back is told in its own words. */
function resultOf({ payload, id }: SentryEvent, name: IncidentStep): RunResult | null {
  const issueId = idAt(payload, 'data.issue.id');
  const result = issueId === null ? null : incidentResult(name, 'issue', `issue ${issueId}`, id);
  return result && { ...result, headlines: {}, becomes: {} };
}
