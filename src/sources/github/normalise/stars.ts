import type { Subject } from '../../../model/activity.ts';
import { linkOrNull, numberOrNull, type Payload, text, textOrNull, timeOrNull } from '../payload.ts';
import { counted, grouped, repositoryPage } from './common.ts';
import { notToldYet, skip, type Verdict } from './verdict.ts';

/** The title is the repository's own name: a renderer that shows the repository anyway leaves it out. */
export function star(payload: Payload): Verdict {
  const action = text(payload, 'action');
  if (action !== 'created' && action !== 'deleted') return notToldYet('star', action);
  const stars = numberOrNull(payload, 'repository.stargazers_count');
  return {
    kind: 'told',
    action,
    headline: action === 'created' ? 'New star' : 'Star removed',
    tone: action === 'created' ? 'good' : 'neutral',
    subject: repositorySubject(payload),
    facts: [stars === null ? null : `★ ${grouped(stars)}`],
    occurredAt: timeOrNull(payload, 'starred_at'),
    echo: textOrNull(payload, 'sender.login'),
  };
}

/** The event's name is older than stars: it has nothing to do with watching. */
export function watch(payload: Payload): Verdict {
  const action = text(payload, 'action');
  if (action !== 'started') return notToldYet('watch', action);
  return skip('watch.started: GitHub sends star.created for the same star');
}

/** The subject is the new repository, so that a click leads to the fork; `repo` is the one that was forked. */
export function fork(payload: Payload): Verdict {
  const forks = numberOrNull(payload, 'repository.forks_count');
  const forkName = textOrNull(payload, 'forkee.full_name');
  return {
    kind: 'told',
    action: null,
    headline: 'Repository forked',
    tone: 'good',
    subject:
      forkName === null
        ? repositorySubject(payload)
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

function repositorySubject(payload: Payload): Subject {
  const title = text(payload, 'repository.full_name');
  return { noun: 'repository', handle: null, title, url: repositoryPage(payload) };
}
