import type { Counted } from '../../../../model/activity.ts';
import { linkOrNull, type Payload, read, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { changedKeys, valueText } from '../changes.ts';
import { excerpt, firstLine } from '../common.ts';
import { type FamilyOutput, skip } from '../family.ts';
import { countedBy, told, wordsFor, wordTable } from '../words.ts';
import { classicProjectsPage } from './project-pages.ts';

const PROJECT_WORDS = wordTable({
  created: ['Project created', 'created {it}', 'opened'],
  closed: ['Project closed', 'closed {it}', 'done'],
  reopened: ['Project reopened', 'reopened {it}', 'opened'],
  renamed: ['Project renamed', 'renamed {it}'],
  edited: ['Project edited', 'edited {it}'],
  deleted: ['Project deleted', 'deleted {it}'],
});

/** Classic projects, which an Enterprise Server may still have: https://docs.github.com/en/webhooks/webhook-events-and-payloads#project */
export function project(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  if (action === 'edited' && changedKeys(payload).length === 0) return skip('project.edited: nothing changed');
  const was = action === 'edited' ? textOrNull(payload, 'changes.name.from') : null;
  return {
    ...told(action, wordsFor(was === null ? action : 'renamed', PROJECT_WORDS, 'project')),
    subject: {
      noun: 'project',
      handle: text(payload, 'project.name'),
      title: text(payload, 'project.name'),
      url: (action === 'deleted' ? null : linkOrNull(payload, 'project.html_url')) ?? classicProjectsPage(payload),
    },
    excerpt: action === 'created' ? excerpt(textOrNull(payload, 'project.body')) : null,
    facts: [was === null ? null : `was: ${valueText(was)}`],
    author: textOrNull(payload, 'project.creator.login'),
    occurredAt: timeOrNull(payload, `project.${action === 'created' ? 'created_at' : 'updated_at'}`),
  };
}

const COLUMN_WORDS = wordTable({
  created: ['Project column added', 'added {it} to a project'],
  edited: ['Project column renamed', 'renamed {it}'],
  moved: ['Project column moved', 'moved {it}'],
  deleted: ['Project column deleted', 'deleted {it}'],
});

export function projectColumn(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const was = action === 'edited' ? textOrNull(payload, 'changes.name.from') : null;
  return {
    ...told(action, wordsFor(action, COLUMN_WORDS, 'project column')),
    subject: {
      noun: 'column',
      handle: text(payload, 'project_column.name'),
      title: text(payload, 'project_column.name'),
      url: classicProjectsPage(payload),
    },
    facts: [was === null ? null : `was: ${valueText(was)}`],
    occurredAt: timeOrNull(payload, `project_column.${action === 'created' ? 'created_at' : 'updated_at'}`),
  };
}

const CARD_WORDS = wordTable({
  created: ['Project card added', 'added {it} to a project'],
  edited: ['Project card edited', 'edited {it}'],
  moved: ['Project card moved', 'moved {it}'],
  converted: ['Card turned into issue', 'turned {it} into an issue'],
  deleted: ['Project card removed', 'removed {it} from a project'],
});

/** Where an action's own name does not follow `3 project cards`. */
const CARD_PARTS: ReadonlyMap<string, Counted> = new Map<string, Counted>([
  ['created', 'added'],
  ['converted', ['turned into an issue', 'turned into issues']],
  ['deleted', 'removed'],
]);

/** A card is a note, or an issue or pull request known by its address alone. Columns have numbers, no names. */
export function projectCard(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const note = textOrNull(payload, 'project_card.note');
  const content = contentOf(payload);
  if (action === 'edited' && read(payload, 'changes.note.from') === note)
    return skip('project_card.edited: the note did not change');
  return {
    ...told(action, wordsFor(action, CARD_WORDS, 'project card')),
    subject: {
      noun: note === null && content !== null ? 'issue' : 'card',
      handle: note === null ? content : null,
      title: note === null ? '' : valueText(firstLine(note)),
      url: classicProjectsPage(payload),
    },
    facts: [note === null ? null : content],
    sum: countedBy('project card', action, CARD_PARTS),
    author: textOrNull(payload, 'project_card.creator.login'),
    occurredAt: timeOrNull(payload, `project_card.${action === 'created' ? 'created_at' : 'updated_at'}`),
  };
}

/** `#12` of `https://api.github.com/repos/acme/api/issues/12` */
function contentOf(payload: Payload): string | null {
  const number = /\/(?:issues|pulls)\/(\d{1,10})$/.exec(textOrNull(payload, 'project_card.content_url') ?? '')?.[1];
  return number === undefined ? null : `#${number}`;
}
