import { numberOrNull, type Payload, read, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { asWords } from '../../../../telling/parts.ts';
import { capitalised, spaced } from '../../../../text/words.ts';
import { changedKeys, fromTo, valueText } from '../changes.ts';
import { type FamilyOutput, skip } from '../family.ts';
import { countedBy, told, type Words, wordsFor, wordTable } from '../words.ts';
import { projectPage } from './project-pages.ts';

/** The payload names neither the item nor the project: only what kind of thing it is. */
const WORDS = wordTable({
  created: ['Added to project', 'added {it} to a project'],
  archived: ['Archived in project', 'archived {it} in a project'],
  restored: ['Back in project', 'restored {it} in a project'],
  converted: ['Draft turned into issue', 'turned a draft into {it} in a project'],
  reordered: ['Reordered in project', 'reordered {it} in a project'],
  deleted: ['Taken out of project', 'removed {it} from a project'],
});

/** Where an action's own name does not follow `3 project items`. */
const PARTS: ReadonlyMap<string, string> = new Map([
  ['created', 'added'],
  ['deleted', 'removed'],
  ['edited', 'changed'],
]);

const NOUNS: ReadonlyMap<string, string> = new Map([
  ['Issue', 'issue'],
  ['PullRequest', 'pull request'],
  ['DraftIssue', 'draft issue'],
]);

/** What a project shows of the issue or pull request itself. */
const MIRRORED = new Set([
  'assignees',
  'issue_type',
  'labels',
  'linked_pull_requests',
  'milestone',
  'parent_issue',
  'repository',
  'reviewers',
  'sub_issues_progress',
  'title',
  'tracked_by',
  'tracks',
]);

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#projects_v2_item */
export function projectsV2Item(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const noun = NOUNS.get(textOrNull(payload, 'projects_v2_item.content_type') ?? '') ?? 'item';
  const fieldType = textOrNull(payload, 'changes.field_value.field_type');
  if (action === 'edited' && noun !== 'draft issue' && fieldType !== null && MIRRORED.has(fieldType)) {
    return skip(`projects_v2_item.edited: the project only shows that the ${noun} has other ${spaced(fieldType)}`);
  }
  if (action === 'edited' && isEmptyEdit(payload)) return skip('projects_v2_item.edited: nothing changed');
  const project = numberOrNull(payload, 'changes.field_value.project_number');
  const item = numberOrNull(payload, 'projects_v2_item.id');
  return {
    ...told(action, action === 'edited' ? edited(payload, noun) : wordsFor(action, WORDS, 'project item')),
    subject: {
      noun,
      handle: null,
      title: action === 'edited' ? (fieldChange(payload) ?? '') : '',
      url: projectPage(payload, project, item === null ? '' : `?pane=issue&itemId=${item}`),
    },
    facts: [noun, project === null ? null : `project #${project}`],
    sum: countedBy('project item', isMove(payload) ? 'moved' : action, PARTS),
    author: textOrNull(payload, 'projects_v2_item.creator.login'),
    occurredAt: timeOrNull(payload, `projects_v2_item.${action === 'created' ? 'created_at' : 'updated_at'}`),
  };
}

/** Status is the field that boards are made of: what is done to it is a move. */
function edited(payload: Payload, noun: string): Words {
  if (read(payload, 'changes.field_value') === undefined) {
    return { headline: `${capitalised(noun)} edited`, did: 'edited {it} in a project', tone: 'neutral' };
  }
  const project = numberOrNull(payload, 'changes.field_value.project_number');
  const place = project === null ? 'a project' : `project #${project}`;
  return isMove(payload)
    ? { headline: 'Moved in project', did: `moved {it} in ${place}`, tone: 'neutral' }
    : { headline: 'Changed in project', did: `changed {it} in ${place}`, tone: 'neutral' };
}

function isMove(payload: Payload): boolean {
  return textOrNull(payload, 'changes.field_value.field_name')?.toLowerCase() === 'status';
}

/** `Status: Todo → In progress`; only the field's name where the payload holds no values. Null: no field changed. */
function fieldChange(payload: Payload): string | null {
  const change = read(payload, 'changes.field_value');
  const type = textOrNull(change, 'field_type');
  const name = textOrNull(change, 'field_name') ?? (type === null ? null : `${capitalised(spaced(type))} field`);
  if (name === null) return null;
  const [from, to] = [shown(read(change, 'from')), shown(read(change, 'to'))];
  if (from === null && to === null) return asWords(name);
  return `${asWords(name)}: ${from === null ? valueText(to) : fromTo(from, to)}`;
}

/** An option by its name, an iteration by its title, a day without its hour. */
function shown(value: unknown): string | number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && value !== '') return /^(\d{4}-\d\d-\d\d)T/.exec(value)?.[1] ?? value;
  return textOrNull(value, 'name') ?? textOrNull(value, 'title');
}

function isEmptyEdit(payload: Payload): boolean {
  if (changedKeys(payload).length === 0) return true;
  const change = read(payload, 'changes.field_value') ?? read(payload, 'changes.body');
  const from = shown(read(change, 'from'));
  return from !== null && from === shown(read(change, 'to'));
}
