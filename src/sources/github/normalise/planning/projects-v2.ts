import { numberOrNull, type Payload, read, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { changedKeys, valueText } from '../changes.ts';
import { excerpt } from '../common.ts';
import { type FamilyOutput, skip } from '../family.ts';
import { told, wordsFor, wordTable } from '../words.ts';
import { projectPage } from './project-pages.ts';

const WORDS = wordTable({
  created: ['Project created', 'created {it}', 'opened'],
  closed: ['Project closed', 'closed {it}', 'done'],
  reopened: ['Project reopened', 'reopened {it}', 'opened'],
  renamed: ['Project renamed', 'renamed {it}'],
  'made public': ['Project made public', 'made {it} public'],
  'made private': ['Project made private', 'made {it} private'],
  edited: ['Project edited', 'edited {it}'],
  deleted: ['Project deleted', 'deleted {it}'],
});

const TIME: ReadonlyMap<string, string> = new Map([
  ['created', 'created_at'],
  ['closed', 'closed_at'],
  ['deleted', 'deleted_at'],
]);

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#projects_v2: an organisation's projects, in no repository. */
export function projectsV2(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const edit = action === 'edited' ? editOf(payload) : null;
  if (action === 'edited' && edit === null) return skip('projects_v2.edited: nothing changed');
  return {
    ...told(action, wordsFor(edit?.words ?? action, WORDS, 'project')),
    subject: {
      noun: 'project',
      handle: text(payload, 'projects_v2.title'),
      title: text(payload, 'projects_v2.title'),
      url: projectPage(payload, action === 'deleted' ? null : numberOrNull(payload, 'projects_v2.number')),
    },
    excerpt: action === 'created' ? excerpt(textOrNull(payload, 'projects_v2.short_description')) : null,
    facts: edit?.facts ?? [],
    author: textOrNull(payload, 'projects_v2.creator.login'),
    occurredAt: timeOrNull(payload, `projects_v2.${TIME.get(action) ?? 'updated_at'}`),
  };
}

const LABELS: ReadonlyMap<string, string> = new Map([
  ['description', 'new README'],
  ['short_description', 'new description'],
]);

/** Who may see it matters most, then its name. */
function editOf(payload: Payload): { readonly words: string; readonly facts: readonly string[] } | null {
  const changed = changedKeys(payload).filter((key) => now(payload, key) !== read(payload, `changes.${key}.from`));
  if (changed.length === 0) return null;
  const facts = changed.flatMap((key) => {
    if (key === 'title') return [`was: ${valueText(read(payload, 'changes.title.from'))}`];
    return LABELS.get(key) ?? [];
  });
  if (changed.includes('public'))
    return { words: now(payload, 'public') === true ? 'made public' : 'made private', facts };
  return { words: changed.includes('title') ? 'renamed' : 'edited', facts };
}

function now(payload: Payload, key: string): unknown {
  return read(payload, `changes.${key}.to`) ?? read(payload, `projects_v2.${key}`);
}
