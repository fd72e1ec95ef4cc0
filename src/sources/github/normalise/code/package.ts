import { linkOrNull, type Payload, read, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { repositoryPage } from '../common.ts';
import { type FamilyOutput, skip } from '../family.ts';
import { countedBy, told, wordsFor, wordTable } from '../words.ts';
import { shortSha } from './ref.ts';

const WORDS = wordTable({
  published: ['Package published', 'published {it}', 'good'],
  updated: ['Package updated', 'updated {it}'],
});

/** GitHub recommends `package` over `registry_package`, which it sends beside it for the same happening. */
export function packages(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const version = read(payload, 'package.package_version');
  if (isPartOfImage(version)) {
    return skip(`package.${action}: an image without a tag, one architecture of an image that is told by its tag`);
  }
  const name = [textOrNull(payload, 'package.name'), versionOf(version)].filter((part) => part !== null).join(' ');
  const page = linkOrNull(version, 'html_url') ?? linkOrNull(payload, 'package.html_url');
  return {
    ...told(action, wordsFor(action, WORDS, 'package')),
    subject: { noun: 'package', handle: name || null, title: name, url: page ?? repositoryPage(payload, '/packages') },
    facts: [textOrNull(payload, 'package.package_type')?.toLowerCase() ?? null],
    sum: countedBy('package', action),
    tag: textOrNull(version, 'tag_name'),
    author: textOrNull(version, 'author.login'),
    occurredAt: timeOrNull(version, 'updated_at') ?? timeOrNull(payload, 'package.updated_at'),
  };
}

/** GitHub sends one event for every architecture of a container image, and one for its tag. */
function isPartOfImage(version: unknown): boolean {
  return read(version, 'container_metadata.tag.name') === '';
}

/** The tag of an image; a version that is a digest is shortened: nobody reads 64 digits. */
function versionOf(version: unknown): string | null {
  const tag = textOrNull(version, 'container_metadata.tag.name');
  const name = textOrNull(version, 'version');
  return tag ?? (name?.startsWith('sha256:') ? shortSha(name.slice('sha256:'.length)) : name);
}
