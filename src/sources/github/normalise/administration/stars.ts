import type { Sum } from '../../../../model/activity.ts';
import { linkOrNull, numberOrNull, type Payload, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { asWords } from '../../../../telling/parts.ts';
import { counted, grouped } from '../../../../text/words.ts';
import { repoKey } from '../common.ts';
import type { FamilyOutput } from '../family.ts';
import { told, wordsFor, wordTable } from '../words.ts';
import { repositorySubject } from './repository.ts';

const WORDS = wordTable({
  created: ['New star', 'starred {repo}', 'good'],
  deleted: ['Star removed', 'unstarred {repo}'],
});

/** The title is the repository's own name: a renderer that shows the repository anyway leaves it out. */
export function star(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  return {
    ...starParts(payload, action),
    occurredAt: timeOrNull(payload, 'starred_at'),
    echo: textOrNull(payload, 'sender.login'),
    happening: action === 'created' ? starring(payload, 'starred_at') : null,
  };
}

/** The same star by its older name: whichever of the two a hook brings first is told. The star was the last change. */
export function watch(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  if (action !== 'started') return { ...told(action, wordsFor(action, WORDS, 'watch')), ...subjectAndStars(payload) };
  return {
    ...starParts(payload, 'created'),
    action,
    occurredAt: timeOrNull(payload, 'repository.updated_at'),
    happening: starring(payload, 'repository.updated_at'),
  };
}

function starParts(payload: Payload, action: string) {
  return {
    ...told(action, wordsFor(action, WORDS, 'star')),
    ...subjectAndStars(payload),
    sum: SUMS.get(action) ?? null,
  };
}

function subjectAndStars(payload: Payload) {
  const stars = numberOrNull(payload, 'repository.stargazers_count') ?? 0;
  return { subject: repositorySubject(payload, null), facts: [stars > 0 ? `★ ${grouped(stars)}` : null] };
}

const SUMS: ReadonlyMap<string, Sum> = new Map([
  ['created', { noun: 'star', part: null, alone: null }],
  ['deleted', { noun: ['star removed', 'stars removed'], part: null, alone: null }],
]);

function starring(payload: Payload, timePath: string): string | null {
  const [repo, login, at] = [repoKey(payload), textOrNull(payload, 'sender.login'), textOrNull(payload, timePath)];
  return repo === null || login === null || at === null ? null : `star ${repo} ${login} at ${at}`;
}

/** The subject is the new repository, so that a click leads to the fork; `repo` is the one that was forked. */
export function fork(payload: Payload): FamilyOutput {
  const forks = numberOrNull(payload, 'repository.forks_count') ?? 0;
  const forkName = textOrNull(payload, 'forkee.full_name');
  return {
    ...told(null, {
      headline: 'Repository forked',
      did: forkName === null ? 'forked {repo}' : `forked {repo} to ${asWords(forkName)}`,
      tone: 'good',
    }),
    sum: { noun: 'fork', part: null, alone: null },
    subject:
      forkName === null
        ? repositorySubject(payload, null)
        : {
            noun: 'fork',
            handle: null,
            title: forkName,
            url: linkOrNull(payload, 'forkee.html_url') ?? `https://github.com/${forkName}`,
          },
    facts: [forks > 0 ? counted(forks, 'fork') : null],
    occurredAt: timeOrNull(payload, 'forkee.created_at'),
    echo: forkName,
  };
}
