import type { Activity, Said, Subject } from '../../../model/activity.ts';
import { toldExcerpt as shownExcerpt } from '../../../telling/excerpt.ts';
import { withReferences } from './references.ts';

interface Written extends Partial<Pick<Said, 'excerpt' | 'isSpoken'>> {
  readonly subject: Subject | null;
}

/** What a family found worth showing (`excerpt`, ./common.ts), as it is told: without what is said beside it, its references links. */
export function toldExcerpt(written: Written, place: Activity['place']): string | null {
  return shownExcerpt(written, (markdown) => withReferences(markdown, place));
}
