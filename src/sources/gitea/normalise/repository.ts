import { isTrue, list, read, textOrNull } from '../../../shared/payload.ts';
import { generic } from '../../../telling/generic.ts';
import { segments } from '../../../telling/hosting/ref.ts';
import { releaseTold } from '../../../telling/hosting/release.ts';
import { asWords, firstText } from '../../../telling/parts.ts';
import { type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import { type GiteaEvent, htmlPage, loginAt, repositoryPage } from './event.ts';

const REPOSITORY: WordTable = {
  created: ['Repository created', 'opened', 'created {repo}'],
  deleted: ['Repository deleted', 'bad', 'deleted {repo}'],
};
const PACKAGE: WordTable = {
  created: ['Package published', 'good', 'published {it}'],
  deleted: ['Package deleted', 'neutral', 'deleted {it}'],
};
const WIKI: WordTable = {
  created: ['Wiki page created', 'opened', 'created {it}'],
  edited: ['Wiki page edited', 'neutral', 'edited {it}'],
  deleted: ['Wiki page deleted', 'neutral', 'deleted {it}'],
};

export function repository(event: GiteaEvent): Told {
  const { action, payload, place } = event;
  const words = wordsOf(REPOSITORY, action);
  if (words === null) return generic({ name: `repository.${action ?? ''}`, action, payload });
  const isNew = action === 'created';
  return {
    ...words,
    noun: 'repository',
    title: place?.name ?? '',
    url: repositoryPage(event),
    excerpt: isNew ? textOrNull(payload, 'repository.description') : null,
    facts: isNew ? [isTrue(payload, 'repository.private') ? 'private' : null] : [],
  };
}

/** What GitHub calls the forkee is the new one; here it is the one that was forked. */
export function fork(event: GiteaEvent): Told {
  const { payload, place } = event;
  const was = textOrNull(payload, 'forkee.full_name');
  const name = place?.name ?? '';
  return {
    headline: 'Repository forked',
    tone: 'good',
    did: was === null || name === '' ? 'forked {repo}' : `forked {repo} to ${asWords(name)}`,
    noun: 'fork',
    title: name,
    url: repositoryPage(event),
    place: was === null ? place : { name: was, url: htmlPage(payload['forkee']) },
    sum: { noun: 'fork', part: null, alone: null },
  };
}

const RELEASES = { published: 'published', updated: 'edited', deleted: 'deleted' } as const;

export function release(event: GiteaEvent): Told {
  const { action, payload } = event;
  const known = action !== null && Object.hasOwn(RELEASES, action) ? RELEASES[action as keyof typeof RELEASES] : null;
  if (known === null) return generic({ name: `release.${action ?? ''}`, action, payload });
  const found = read(payload, 'release');
  const tag = textOrNull(found, 'tag_name');
  return releaseTold({
    action: known,
    name: textOrNull(found, 'name'),
    tag,
    url: htmlPage(found) ?? repositoryPage(event, tag === null ? '/releases' : `/releases/tag/${segments(tag)}`),
    notes: textOrNull(found, 'body'),
    isPrerelease: isTrue(found, 'prerelease'),
    isDraft: isTrue(found, 'draft'),
    files: list(found, 'assets').length,
    author: loginAt(found, 'author'),
  });
}

export function packages(event: GiteaEvent): Told {
  const { action, payload } = event;
  const words = wordsOf(PACKAGE, action);
  const name = textOrNull(payload, 'package.name');
  if (words === null || name === null) return generic({ name: `package.${action ?? ''}`, action, payload });
  const title = [name, textOrNull(payload, 'package.version')].filter((part) => part !== null).join(' ');
  const url = htmlPage(payload['package']) ?? repositoryPage(event);
  const kind = firstText(payload, ['package.type']);
  return { ...words, noun: 'package', handle: title, title, url, facts: [kind === null ? null : asWords(kind)] };
}

export function wiki(event: GiteaEvent): Told {
  const { action, payload } = event;
  const words = wordsOf(WIKI, action);
  const name = textOrNull(payload, 'page');
  if (words === null || name === null) return generic({ name: `wiki.${action ?? ''}`, action, payload });
  const url = repositoryPage(event, action === 'deleted' ? '/wiki' : `/wiki/${segments(name)}`);
  const sum = { noun: 'wiki change', part: null, alone: null };
  return { ...words, noun: 'wiki page', handle: name, title: name, url, excerpt: textOrNull(payload, 'comment'), sum };
}
