import { isTrue, type Payload, read, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { valueText } from '../changes.ts';
import { repositoryPage } from '../common.ts';
import { type FamilyOutput, skip } from '../family.ts';
import { segment } from '../places.ts';
import { told, wordsFor, wordTable } from '../words.ts';

const WORDS = wordTable({
  created: ['Label created', 'created {it}'],
  renamed: ['Label renamed', 'renamed {it}'],
  edited: ['Label changed', 'changed {it}'],
  archived: ['Label archived', 'archived {it}'],
  unarchived: ['Label in use again', 'unarchived {it}'],
  deleted: ['Label deleted', 'deleted {it}'],
});

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#label: the labels of a repository, not of an issue. */
export function label(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  if (action === 'created' && isTrue(payload, 'label.default')) {
    return skip('label.created: a label that GitHub gives every new repository');
  }
  const edits = action === 'edited' ? editsOf(payload) : null;
  if (edits?.length === 0) return skip('label.edited: nothing changed');
  const name = text(payload, 'label.name');
  const isGone = action === 'deleted';
  const description = textOrNull(payload, 'label.description');
  return {
    ...told(action, wordsFor(edits?.[0]?.startsWith('was: ') === true ? 'renamed' : action, WORDS, 'label')),
    subject: {
      noun: 'label',
      handle: name,
      title: name,
      url: repositoryPage(payload, isGone ? '/labels' : `/labels/${segment(name)}`),
    },
    facts: edits ?? [description === null ? null : valueText(description)],
    occurredAt: action === 'archived' ? timeOrNull(payload, 'label.archived_at') : null,
  };
}

/** `was: bug`, `new color`; a new name comes first. */
function editsOf(payload: Payload): readonly string[] {
  const before = (key: string) => {
    const was = read(payload, `changes.${key}.from`);
    return typeof was === 'string' && was !== (read(payload, `label.${key}`) ?? '') ? was : null;
  };
  const name = before('name');
  return [
    ...(name === null ? [] : [`was: ${valueText(name)}`]),
    ...(before('color') === null ? [] : ['new color']),
    ...(before('description') === null ? [] : ['new description']),
  ];
}
