import {
  isTrue,
  linkOrNull,
  list,
  type Payload,
  read,
  text,
  textOrNull,
  timeOrNull,
} from '../../../../shared/payload.ts';
import { preReleased, RELEASE, releaseName } from '../../../../telling/hosting/release.ts';
import { counted } from '../../../../text/words.ts';
import { echoOf, repositoryPage } from '../common.ts';
import { type FamilyOutput, skip } from '../family.ts';
import { countedBy, told, wordsFor } from '../words.ts';
import { written } from '../written.ts';
import { refPage } from './ref.ts';

/** Publishing takes GitHub moments; nobody makes a pre-release a release within a minute. */
const PUBLISHING_MS = 60_000;
const WAS = 'was: ';

export function release(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  if (action === 'released' && !isPromoted(payload)) {
    return skip('release.released: the published event of the same release tells it');
  }
  const changes = action === 'edited' ? changesOf(payload) : [];
  if (action === 'edited' && changes.length === 0) return skip('release.edited: neither name, tag nor notes changed');
  const isRenamed = changes.length === 1 && changes[0]?.startsWith(WAS) === true;
  const words = wordsFor(isRenamed ? 'renamed' : action, RELEASE, 'release');
  const isPrerelease = isTrue(payload, 'release.prerelease');
  const isPublished = action === 'published';
  const tag = textOrNull(payload, 'release.tag_name');
  const assets = list(payload, 'release.assets').length;
  return {
    ...told(action, preReleased(words, isPrerelease)),
    subject: {
      noun: isPrerelease ? 'pre-release' : 'release',
      ...releaseName(textOrNull(payload, 'release.name'), tag),
      url: linkOrNull(payload, 'release.html_url') ?? pageOf(payload, tag),
    },
    excerpt: isPublished || action === 'released' ? written(payload, 'release') : null,
    facts: [...changes, assets === 0 || action === 'edited' ? null : counted(assets, 'file')],
    sum: countedBy(isPrerelease ? 'pre-release' : 'release', action),
    tag,
    author: textOrNull(payload, 'release.author.login'),
    isDraft: isTrue(payload, 'release.draft'),
    echo: echoOf(payload, 'release.id', isPublished ? 'release.published_at' : null),
    occurredAt: timeOrNull(payload, isPublished ? 'release.published_at' : 'release.updated_at'),
  };
}

function pageOf(payload: Payload, tag: string | null): string {
  return repositoryPage(payload, tag === null ? '/releases' : refPage({ noun: 'tag', name: tag }));
}

/** `released` comes with `published`, and alone when a pre-release becomes a release: long after it was published. */
function isPromoted(payload: Payload): boolean {
  const published = timeOrNull(payload, 'release.published_at');
  const updated = timeOrNull(payload, 'release.updated_at');
  return published !== null && updated !== null && updated - published > PUBLISHING_MS;
}

function changesOf(payload: Payload): readonly string[] {
  const [name, tag] = [textOrNull(payload, 'changes.name.from'), textOrNull(payload, 'changes.tag_name.from')];
  const notes = read(payload, 'changes.body.from');
  return [
    name === textOrNull(payload, 'release.name') ? null : name && `${WAS}${name}`,
    tag === textOrNull(payload, 'release.tag_name') ? null : tag && `was tagged ${tag}`,
    notes === undefined || notes === (read(payload, 'release.body') ?? '') ? null : 'notes changed',
    isTrue(payload, 'changes.make_latest.to') ? 'now the latest' : null,
  ].filter((fact) => fact !== null);
}
