import type { Counted } from '../../../../model/activity.ts';
import {
  linkOrNull,
  numberOrNull,
  type Payload,
  read,
  text,
  textOrNull,
  timeOrNull,
} from '../../../../shared/payload.ts';
import { counted } from '../../../../text/words.ts';
import { fromTo, valueText } from '../changes.ts';
import { excerpt, repositoryPage } from '../common.ts';
import { type FamilyOutput, skip } from '../family.ts';
import { countedBy, told, wordsFor, wordTable } from '../words.ts';

/** `opened` is what GitHub calls a closed milestone that is open again. */
const WORDS = wordTable({
  created: ['Milestone created', 'created {it}', 'opened'],
  closed: ['Milestone closed', 'closed {it}', 'done'],
  opened: ['Milestone reopened', 'reopened {it}', 'opened'],
  renamed: ['Milestone renamed', 'renamed {it}'],
  moved: ['Milestone due date changed', 'changed the due date of {it}'],
  edited: ['Milestone edited', 'edited {it}'],
  deleted: ['Milestone deleted', 'deleted {it}'],
});

/** Where it does not follow `3 milestones`. */
const PARTS: ReadonlyMap<string, Counted> = new Map<string, Counted>([
  ['moved', ['given another due date', 'given other due dates']],
  ['opened', 'reopened'],
]);

const TIME: ReadonlyMap<string, string> = new Map([
  ['created', 'created_at'],
  ['closed', 'closed_at'],
]);

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#milestone */
export function milestone(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const edit = action === 'edited' ? editOf(payload) : null;
  if (action === 'edited' && edit === null) return skip('milestone.edited: nothing changed');
  const change = edit?.words ?? action;
  const number = numberOrNull(payload, 'milestone.number');
  const title = text(payload, 'milestone.title');
  const isGone = action === 'deleted' || number === null;
  return {
    ...told(action, wordsFor(change, WORDS, 'milestone')),
    subject: {
      noun: 'milestone',
      handle: title,
      title,
      url:
        (action === 'deleted' ? null : linkOrNull(payload, 'milestone.html_url')) ??
        repositoryPage(payload, isGone ? '/milestones' : `/milestone/${number}`),
    },
    excerpt: action === 'created' ? excerpt(textOrNull(payload, 'milestone.description')) : null,
    facts: [...(edit?.facts ?? [due(payload)]), ...(action === 'created' ? [] : [progress(payload)])],
    sum: countedBy('milestone', change, PARTS),
    author: textOrNull(payload, 'milestone.creator.login'),
    occurredAt: timeOrNull(payload, `milestone.${TIME.get(action) ?? 'updated_at'}`),
  };
}

/** `due 2027-01-31`: a day, which GitHub writes as the hour at which it begins on the Pacific coast. */
function due(payload: Payload): string | null {
  const day = dayOf(read(payload, 'milestone.due_on'));
  return day === null ? null : `due ${day}`;
}

function dayOf(time: unknown): string | null {
  return typeof time === 'string' ? (/^\d{4}-\d\d-\d\d/.exec(time)?.[0] ?? null) : null;
}

/** `30 of 42 issues closed` */
function progress(payload: Payload): string | null {
  const closed = numberOrNull(payload, 'milestone.closed_issues');
  const open = numberOrNull(payload, 'milestone.open_issues');
  if (closed === null || open === null || closed + open < 1) return null;
  return `${closed} of ${counted(closed + open, 'issue')} closed`;
}

/** What changed, most telling first: its name, its day, its description. */
function editOf(payload: Payload): { readonly words: string; readonly facts: readonly (string | null)[] } | null {
  const was = textOrNull(payload, 'changes.title.from');
  const isRenamed = was !== null && was !== read(payload, 'milestone.title');
  const dueChange = read(payload, 'changes.due_on');
  const day =
    dueChange === undefined ? null : fromTo(dayOf(read(dueChange, 'from')), dayOf(read(payload, 'milestone.due_on')));
  const description = read(payload, 'changes.description.from');
  const isReworded = description !== undefined && description !== read(payload, 'milestone.description');
  const facts = [isRenamed ? `was: ${valueText(was)}` : null, day === null ? null : `due: ${day}`];
  if (isRenamed) return { words: 'renamed', facts };
  if (day !== null) return { words: 'moved', facts };
  return isReworded ? { words: 'edited', facts: ['new description'] } : null;
}
