import { isObject, isTrue, type Payload, read, textOrNull } from '../../../shared/payload.ts';
import { generic } from '../../../telling/generic.ts';
import { commitCommentTold } from '../../../telling/hosting/comment.ts';
import { commitTitle } from '../../../telling/hosting/commits.ts';
import { segments } from '../../../telling/hosting/ref.ts';
import { after, asWords, firstText } from '../../../telling/parts.ts';
import { type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import { enumerated } from '../../../text/words.ts';
import { commentIn } from './comment.ts';
import { type BitbucketEvent, htmlPage, nameAt, repositoryPage } from './event.ts';

const WORDS: WordTable = {
  created: ['Repository created', 'opened', 'created {repo}'],
  deleted: ['Repository deleted', 'bad', 'deleted {repo}'],
  imported: ['Repository imported', 'good', 'imported {repo}'],
  transfer: ['Repository transferred', 'neutral', 'transferred {repo}'],
  renamed: ['Repository renamed', 'neutral', 'renamed {repo}'],
  updated: ['Repository settings changed', 'neutral', 'changed the settings of {repo}'],
  description: ['Repository description changed', 'neutral', 'changed the description of {repo}'],
  website: ['Repository website changed', 'neutral', 'changed the website of {repo}'],
  language: ['Repository language changed', 'neutral', 'changed the language of {repo}'],
  mainbranch: ['Default branch changed', 'neutral', 'changed the default branch of {repo}'],
  privatized: ['Repository made private', 'neutral', 'made {repo} private'],
  publicized: ['Repository made public', 'neutral', 'made {repo} public'],
};

/** https://support.atlassian.com/bitbucket-cloud/docs/event-payloads/#Repository-events */
export function repository(event: BitbucketEvent): Told {
  const { key, action, payload } = event;
  if (action === 'fork') return forked(event);
  if (action === 'updated') return updated(event);
  if (action === 'commit_comment_created') return commitComment(event);
  const words = wordsOf(WORDS, action);
  if (words === null) return generic({ name: key, action, payload, noun: 'repository' });
  const owner =
    firstText(payload, ['previous_workspace.slug', 'previous_workspace.name']) ?? nameAt(payload, 'previous_owner');
  const did =
    action === 'transfer' && owner !== null ? `transferred {repo} from ${asWords(owner)}` : (words.did ?? null);
  return {
    ...words,
    did,
    ...subject(event),
    facts: action === 'created' ? [isTrue(payload, 'repository.is_private') ? 'private' : null] : [],
  };
}

function subject(event: BitbucketEvent): Pick<Told, 'noun' | 'title' | 'url'> {
  return { noun: 'repository', title: event.place?.name ?? '', url: repositoryPage(event) };
}

function forked(event: BitbucketEvent): Told {
  const fork = read(event.payload, 'fork');
  const name = firstText(fork, ['full_name', 'name']);
  const words = {
    headline: 'Repository forked',
    tone: 'good' as const,
    sum: { noun: 'fork', part: null, alone: null },
  };
  if (name === null) return { ...words, did: 'forked {repo}', ...subject(event) };
  const url = htmlPage(fork) ?? `https://bitbucket.org/${segments(name)}`;
  return { ...words, did: `forked {repo} to ${asWords(name)}`, noun: 'fork', title: name, url };
}

/** More of them are no facts that anybody reads. */
const MOST = 8;
/** A new name changes the address as well, and that is one change. */
const SAME = new Set(['full_name', 'links', 'slug', 'updated_on']);

/** One change has words of its own; of several, each is a fact. */
function updated(event: BitbucketEvent): Told {
  const changes = read(event.payload, 'changes');
  const all = isObject(changes) ? Object.keys(changes).filter((key) => isObject(changes[key])) : [];
  const keys = all.filter((key) => !SAME.has(key));
  const sum = { noun: 'repository', part: 'changed', alone: null };
  const [key, ...others] = keys;
  const was = textOrNull(changes, 'full_name.old') ?? textOrNull(changes, 'name.old');
  if (keys.includes('name')) {
    const words = wordsOf(WORDS, 'renamed');
    const did = was === null ? 'renamed {repo}' : `renamed ${asWords(was)} to {repo}`;
    return {
      ...subject(event),
      headline: words?.headline ?? '',
      did,
      facts: [after('also changed:', settingsIn(keys.filter((each) => each !== 'name')))],
      sum,
    };
  }
  const exact = key !== undefined && others.length === 0 && isObject(changes) ? oneSetting(key, changes) : null;
  const words = exact?.words ?? wordsOf(WORDS, 'updated');
  const told = { headline: 'Repository settings changed', ...words, ...subject(event), sum };
  return exact === null ? { ...told, facts: [settingsIn(keys)] } : { ...told, title: exact.now ?? told.title };
}

function oneSetting(key: string, changes: Payload) {
  const isPrivate = read(changes, 'is_private.new');
  const name = key === 'is_private' && typeof isPrivate === 'boolean' ? (isPrivate ? 'privatized' : 'publicized') : key;
  const words = name === 'created' || name === 'deleted' ? null : wordsOf(WORDS, name);
  return words === null ? null : { words, now: firstText(changes, [`${key}.new`, `${key}.new.name`]) };
}

/** `website, fork policy` */
function settingsIn(keys: readonly string[]): string | null {
  return enumerated(
    keys.map((key) => asWords(key.replace(/^has_/, '').replaceAll('_', ' '))),
    MOST,
  );
}

function commitComment(event: BitbucketEvent): Told {
  const { payload } = event;
  const sha = textOrNull(payload, 'commit.hash') ?? textOrNull(payload, 'comment.commit.hash');
  const page =
    htmlPage(payload['commit']) ?? (sha === null ? null : repositoryPage(event, `/commits/${segments(sha)}`));
  const title = commitTitle(textOrNull(payload, 'commit.message')) || null;
  return commitCommentTold({ sha, title, url: page }, commentIn(event, 'created'));
}
