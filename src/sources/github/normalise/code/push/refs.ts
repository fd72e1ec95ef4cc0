import type { Subject, Sum } from '../../../../../model/activity.ts';
import { type Payload, textOrNull, timeOrNull } from '../../../../../shared/payload.ts';
import { capitalised } from '../../../../../text/words.ts';
import { repoKey, repositoryPage } from '../../common.ts';
import { type ActivityParts, type FamilyOutput, skip } from '../../family.ts';
import { told } from '../../words.ts';
import { isMergeQueue } from '../merge-queue.ts';
import { type Ref, refPage } from '../ref.ts';

type RefChange = 'created' | 'deleted';

/** Neither event carries a time of its own. */
export function create(payload: Payload): FamilyOutput {
  return changed(payload, 'created');
}

export function remove(payload: Payload): FamilyOutput {
  return changed(payload, 'deleted');
}

function changed(payload: Payload, change: RefChange): FamilyOutput {
  const name = textOrNull(payload, 'ref');
  // Old webhooks have `create` for the repository itself, whose name is no ref.
  if (name === null) return skip(`${change} without the name of a branch or a tag`);
  const noun = textOrNull(payload, 'ref_type') === 'tag' ? 'tag' : 'branch';
  if (isMergeQueue(name)) return skip(`a ${noun} ${change} by the merge queue itself`);
  return refChanged(payload, { noun, name }, change);
}

/** A branch or a tag that came or went, as both `create` or `delete` and a push tell it. */
export function refChanged(
  payload: Payload,
  ref: Ref,
  change: RefChange,
): ActivityParts & { readonly subject: Subject } {
  const { noun, name } = ref;
  return {
    ...told(null, { headline: `${capitalised(noun)} ${change}`, did: `${change} {it}`, tone: 'neutral' }),
    subject: {
      noun,
      handle: name,
      title: name,
      // The page of a deleted branch is gone: its link leads to the repository.
      url: repositoryPage(payload, change === 'created' ? refPage(ref) : ''),
    },
    sum: refSum(ref, change),
    branch: noun === 'branch' ? name : null,
    tag: noun === 'tag' ? name : null,
    happening: happeningOf(payload, ref, change),
  };
}

/** `3 branches created` */
export function refSum({ noun }: Ref, part: string): Sum {
  return { noun: noun === 'tag' ? 'tag' : ['branch', 'branches'], part, alone: null };
}

/**
 * GitHub tells it twice, each to hooks of its own: as `create` or `delete`, and as a push. What both know is the ref and when
 * the repository was last pushed to, which a payload that is made a moment later may have from the next push: minutes are
 * compared. Nobody misses the second of two branches of one name that were made within one.
 */
function happeningOf(payload: Payload, { noun, name }: Ref, change: RefChange): string | null {
  const [repo, at] = [repoKey(payload), timeOrNull(payload, 'repository.pushed_at')];
  return repo === null || at === null ? null : `${noun} ${change} ${Math.floor(at / 60_000)} ${repo} ${name}`;
}
