import { counted } from '../../text/words.ts';
import { excerpt } from '../excerpt.ts';
import type { Told } from '../told.ts';
import { countedBy, type Words } from './words.ts';

/** By what becomes of it; one that is only renamed is edited. */
export const RELEASE: ReadonlyMap<string, Words> = new Map<string, Words>([
  ['published', { headline: 'Release published', did: 'published {it}', tone: 'good' }],
  ['released', { headline: 'Pre-release promoted', did: 'promoted {it} to a full release', tone: 'good' }],
  ['unpublished', { headline: 'Release unpublished', did: 'unpublished {it}', tone: 'neutral' }],
  ['edited', { headline: 'Release edited', did: 'edited {it}', tone: 'neutral' }],
  ['renamed', { headline: 'Release edited', did: 'renamed {it}', tone: 'neutral' }],
  ['deleted', { headline: 'Release deleted', did: 'deleted {it}', tone: 'neutral' }],
]);

export interface Release {
  readonly action: 'published' | 'edited' | 'deleted';
  readonly name: string | null;
  readonly tag: string | null;
  readonly url: string | null;
  /** Its notes, in Markdown: said of a new one. */
  readonly notes?: string | null;
  readonly isPrerelease?: boolean;
  readonly isDraft?: boolean;
  /** How many files it has beside its sources. */
  readonly files?: number;
  readonly author?: string | null;
  readonly facts?: readonly (string | null)[];
}

export function releaseTold(release: Release): Told {
  const { action, name, tag, isPrerelease = false, files = 0 } = release;
  const words = preReleased(RELEASE.get(action) ?? { headline: 'Release', did: null, tone: 'neutral' }, isPrerelease);
  const noun = isPrerelease ? 'pre-release' : 'release';
  return {
    ...words,
    noun,
    ...releaseName(name, tag),
    url: release.url,
    excerpt: action === 'published' ? excerpt(release.notes ?? null) : null,
    facts: [...(release.facts ?? []), files === 0 || action !== 'published' ? null : counted(files, 'file')],
    sum: countedBy(noun, action),
    facets: { tag, author: release.author ?? null, isDraft: release.isDraft === true },
  };
}

export function preReleased(words: Words, isPrerelease: boolean): Words {
  return isPrerelease ? { ...words, headline: words.headline.replace(/^Release/, 'Pre-release') } : words;
}

/** A name that holds the tag says both, `Tidings v2.0.0`; one that only repeats it says nothing, `Release 2.0.0`. */
export function releaseName(
  name: string | null,
  tag: string | null,
): { readonly handle: string | null; readonly title: string } {
  if (name === null || tag === null) return { handle: tag ?? name, title: tag ?? name ?? '' };
  const words = name.split(/[\s(),:;|–—]+/).map(withoutV);
  if (!words.includes(withoutV(tag))) return { handle: tag, title: name };
  const isRepeated = words.every((word) => [withoutV(tag), 'release', 'version'].includes(word));
  return isRepeated ? { handle: tag, title: tag } : { handle: name, title: name };
}

function withoutV(version: string): string {
  return version.toLowerCase().replace(/^v(?=\d)/, '');
}
