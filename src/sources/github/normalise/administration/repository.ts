import type { Subject } from '../../../../model/activity.ts';
import { isTrue, type Payload, read, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { asWords } from '../../../../telling/parts.ts';
import { spaced } from '../../../../text/words.ts';
import { changedKeys, changeFact, valueText } from '../changes.ts';
import { excerpt, repoKey, repositoryPage } from '../common.ts';
import type { ActivityParts, FamilyOutput } from '../family.ts';
import { accountPage } from '../places.ts';
import { told, type Words, wordsFor, wordTable } from '../words.ts';

const WORDS = wordTable({
  created: ['Repository created', 'created {repo}', 'opened'],
  deleted: ['Repository deleted', 'deleted {repo}', 'bad'],
  archived: ['Repository archived', 'archived {repo}', 'done'],
  unarchived: ['Repository unarchived', 'unarchived {repo}', 'opened'],
  renamed: ['Repository renamed', 'renamed {repo}'],
  transferred: ['Repository transferred', 'transferred {repo}'],
  privatized: ['Repository made private', 'made {repo} private'],
  publicized: ['Repository made public', 'made {repo} public'],
  edited: ['Repository settings changed', 'changed {repo}'],
  'edited default_branch': ['Default branch changed', 'changed the default branch of {repo}'],
  'edited description': ['Repository description changed', 'changed the description of {repo}'],
  'edited homepage': ['Repository website changed', 'changed the website of {repo}'],
  'edited topics': ['Repository topics changed', 'changed the topics of {repo}'],
});

const IMPORT = wordTable({
  success: ['Repository imported', 'imported {repo}', 'good'],
  failure: ['Repository import failed', null, 'bad'],
  cancelled: ['Repository import cancelled', 'cancelled the import of {repo}'],
});

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#repository */
export function repository(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const edited = action === 'edited' ? changedKeys(payload) : [];
  const words = wordsOf(action, edited);
  return {
    ...told(action, { ...words, did: change(payload, action, edited) ?? words.did }),
    ...(action === 'publicized' ? publication(payload) : {}),
    subject: repositorySubject(payload, titleOf(payload, edited), action === 'deleted'),
    excerpt: action === 'created' ? excerpt(textOrNull(payload, 'repository.description')) : null,
    facts: action === 'created' ? sorts(payload) : edited.length > 1 ? edits(payload, edited) : [],
    sum: action === 'edited' ? { noun: 'repository', part: 'changed', alone: null } : null,
    isFork: isTrue(payload, 'repository.fork'),
    // Deleting leaves `updated_at` as it was, which may be years ago.
    occurredAt:
      action === 'deleted'
        ? null
        : timeOrNull(payload, `repository.${action === 'created' ? 'created_at' : 'updated_at'}`),
  };
}

export function repositoryImport(payload: Payload): FamilyOutput {
  const status = text(payload, 'status');
  return {
    ...told(null, wordsFor(status, IMPORT, 'repository import')),
    subject: repositorySubject(payload, null),
    conclusion: status,
  };
}

/** A deleted repository has no page: its owner has one. */
export function repositorySubject(payload: Payload, title: string | null, isGone = false): Subject {
  const name = text(payload, 'repository.full_name');
  const url = isGone ? accountPage(payload, textOrNull(payload, 'repository.owner.login')) : repositoryPage(payload);
  return { noun: 'repository', handle: null, title: title ?? name, url };
}

function wordsOf(action: string, edited: readonly string[]): Words {
  const [key, ...others] = edited;
  const exact = key !== undefined && others.length === 0 ? WORDS.get(`edited ${key}`) : undefined;
  return exact ?? wordsFor(action, WORDS, 'repository');
}

/** `renamed acme/uploads to acme/api`: from what to what, where GitHub says both. */
function change(payload: Payload, action: string, edited: readonly string[]): string | null {
  if (action === 'renamed') {
    const was = textOrNull(payload, 'changes.repository.name.from');
    return was === null ? null : `renamed ${asWords(was)} to {repo}`;
  }
  if (action === 'transferred') {
    const from = 'changes.owner.from';
    const owner = textOrNull(payload, `${from}.user.login`) ?? textOrNull(payload, `${from}.organization.login`);
    return owner === null ? null : `transferred {repo} from ${asWords(owner)}`;
  }
  const was = textOrNull(payload, 'changes.default_branch.from');
  const now = textOrNull(payload, 'repository.default_branch');
  if (edited.join() !== 'default_branch' || was === null || now === null) return null;
  return `changed the default branch of {repo} from ${asWords(was)} to ${asWords(now)}`;
}

/** What one setting holds now, unless the sentence says it. */
function titleOf(payload: Payload, edited: readonly string[]): string | null {
  const [key, ...others] = edited;
  if (key === undefined || others.length > 0 || key === 'default_branch') return null;
  const now = read(payload, `repository.${key}`);
  return now === null || now === '' ? null : valueText(now);
}

/** The same by an older event of its own: whichever comes first is told. */
export function madePublic(payload: Payload): FamilyOutput {
  return {
    ...told(null, wordsFor('publicized', WORDS, 'repository')),
    ...publication(payload),
    subject: repositorySubject(payload, null),
    isFork: isTrue(payload, 'repository.fork'),
    occurredAt: timeOrNull(payload, 'repository.updated_at'),
  };
}

function publication(payload: Payload): Pick<ActivityParts, 'happening' | 'isOnceADay'> {
  const repo = repoKey(payload);
  return repo === null ? {} : { happening: `made public ${repo}`, isOnceADay: true };
}

/** Texts are too long to be told twice, before and after. */
function edits(payload: Payload, edited: readonly string[]): readonly (string | null)[] {
  return edited.map((key) =>
    key === 'default_branch' ? changeFact(payload, key, payload['repository']) : spaced(key),
  );
}

function sorts(payload: Payload): readonly (string | null)[] {
  const visibility = textOrNull(payload, 'repository.visibility');
  return [
    visibility ?? (isTrue(payload, 'repository.private') ? 'private' : null),
    isTrue(payload, 'repository.fork') ? 'a fork' : null,
    isTrue(payload, 'repository.is_template') ? 'a template' : null,
  ];
}
