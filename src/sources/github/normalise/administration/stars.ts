import { linkOrNull, numberOrNull, type Payload, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { counted, grouped } from '../../../../text/words.ts';
import type { FamilyOutput } from '../family.ts';
import { told, wordsFor, wordTable } from '../words.ts';
import { repositorySubject } from './repository.ts';

const WORDS = wordTable({
  created: ['New star', 'starred {repo}', 'good'],
  deleted: ['Star removed', 'took their star from {repo}'],
});

/** The title is the repository's own name: a renderer that shows the repository anyway leaves it out. */
export function star(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const stars = numberOrNull(payload, 'repository.stargazers_count');
  return {
    ...told(action, wordsFor(action, WORDS, 'star')),
    subject: repositorySubject(payload, null),
    facts: [stars === null ? null : `★ ${grouped(stars)}`],
    occurredAt: timeOrNull(payload, 'starred_at'),
    echo: textOrNull(payload, 'sender.login'),
  };
}

/** The subject is the new repository, so that a click leads to the fork; `repo` is the one that was forked. */
export function fork(payload: Payload): FamilyOutput {
  const forks = numberOrNull(payload, 'repository.forks_count');
  const forkName = textOrNull(payload, 'forkee.full_name');
  return {
    ...told(null, { headline: 'Repository forked', did: 'forked {repo}', tone: 'good' }),
    subject:
      forkName === null
        ? repositorySubject(payload, null)
        : {
            noun: 'fork',
            handle: null,
            title: forkName,
            url: linkOrNull(payload, 'forkee.html_url') ?? `https://github.com/${forkName}`,
          },
    facts: [forks === null ? null : counted(forks, 'fork')],
    occurredAt: timeOrNull(payload, 'forkee.created_at'),
    echo: forkName,
  };
}
