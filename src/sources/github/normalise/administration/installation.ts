import type { Subject } from '../../../../model/activity.ts';
import { linkOrNull, type Payload, text, textOrNull, textsIn, timeOrNull } from '../../../../shared/payload.ts';
import { asWords } from '../../../../telling/parts.ts';
import { enumerated } from '../../../../text/words.ts';
import { orgOf } from '../common.ts';
import type { FamilyOutput } from '../family.ts';
import { besideActor } from '../people.ts';
import { accountPage } from '../places.ts';
import { filledIn, told, wordsFor, wordTable } from '../words.ts';

/** Only the app itself hears of its installations: one that ends means that no more events come from there. */
const INSTALLATION = wordTable({
  created: ['App installed', 'installed {it}', 'good'],
  deleted: ['App uninstalled', 'uninstalled {it}', 'bad'],
  suspend: ['App suspended', 'suspended {it}', 'bad'],
  unsuspend: ['App no longer suspended', 'unsuspended {it}', 'good'],
  new_permissions_accepted: ['App permissions accepted', 'accepted new permissions for {it}', 'good'],
});

const REPOSITORIES = wordTable({
  added: ['App given repositories', 'gave {it} access to {which}', 'good'],
  removed: ['Repositories taken from app', "removed {it}'s access to {which}"],
});

const TIMES: ReadonlyMap<string, string> = new Map([
  ['created', 'created_at'],
  ['suspend', 'suspended_at'],
  ['unsuspend', 'updated_at'],
  ['new_permissions_accepted', 'updated_at'],
]);

export function installation(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const isNew = action === 'created';
  return {
    ...told(action, wordsFor(action, INSTALLATION, 'app')),
    subject: appSubject(payload),
    facts: isNew
      ? [
          everything(payload) ?? enumerated(textsIn(payload, 'repositories', 'full_name')),
          besideActor(payload, 'requested by', 'requester.login'),
        ]
      : [],
    occurredAt: timeOrNull(payload, `installation.${TIMES.get(action)}`),
  };
}

/** An app is given some of the account's repositories, or all of them, also those to come. */
export function installationRepositories(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const repositories = textsIn(
    payload,
    action === 'removed' ? 'repositories_removed' : 'repositories_added',
    'full_name',
  );
  const all = action === 'added' ? everything(payload) : null;
  const words = wordsFor(action, REPOSITORIES, 'app repositories');
  const [only] = repositories;
  const isOne = repositories.length === 1 && only !== undefined;
  const which = all ?? (isOne ? asWords(only) : `${repositories.length} repositories`);
  return {
    ...told(action, filledIn(words, { which })),
    subject: appSubject(payload),
    facts: [
      all !== null || isOne ? null : enumerated(repositories),
      besideActor(payload, 'requested by', 'requester.login'),
    ],
  };
}

/** Older events know the app only by a number, which tells nobody anything. */
function appSubject(payload: Payload): Subject {
  const slug = textOrNull(payload, 'installation.app_slug');
  const url = linkOrNull(payload, 'installation.html_url') ?? accountPage(payload, orgOf(payload));
  return { noun: 'app', handle: slug, title: slug ?? '', url };
}

function everything(payload: Payload): string | null {
  const selection =
    textOrNull(payload, 'repository_selection') ?? textOrNull(payload, 'installation.repository_selection');
  return selection === 'all' ? 'all repositories' : null;
}
