import { type Payload, textOrNull, timeOrNull } from '../../../../../shared/payload.ts';
import { type RefChange, refTold } from '../../../../../telling/hosting/push.ts';
import type { Told } from '../../../../../telling/told.ts';
import { repoKey, repositoryPage } from '../../common.ts';
import { type ActivityParts, type FamilyOutput, skip } from '../../family.ts';
import { isMergeQueue } from '../merge-queue.ts';
import { type Ref, refPage } from '../ref.ts';

/** Neither event carries a time of its own. */
export function create(payload: Payload): FamilyOutput {
  return changed(payload, 'created');
}

export function remove(payload: Payload): FamilyOutput {
  return changed(payload, 'deleted');
}

/** A branch or a tag that came or went, as both `create` or `delete` and a push tell it. */
function changed(payload: Payload, change: RefChange): FamilyOutput {
  const name = textOrNull(payload, 'ref');
  // Old webhooks have `create` for the repository itself, whose name is no ref.
  if (name === null) return skip(`${change} without the name of a branch or a tag`);
  const noun = textOrNull(payload, 'ref_type') === 'tag' ? 'tag' : 'branch';
  if (isMergeQueue(name)) return skip(`a ${noun} ${change} by the merge queue itself`);
  const ref: Ref = { noun, name };
  const page = repositoryPage(payload, change === 'created' ? refPage(ref) : '');
  return {
    ...partsTold(payload, refTold(ref, change, page)),
    branch: noun === 'branch' ? name : null,
    tag: noun === 'tag' ? name : null,
    happening: happeningOf(payload, ref, change),
  };
}

/** What the words that all hosts share say, as a family says it. */
export function partsTold(payload: Payload, told: Told): ActivityParts {
  return {
    kind: 'activity',
    action: null,
    headline: told.headline,
    did: told.did ?? null,
    tone: told.tone ?? 'neutral',
    subject: {
      noun: told.noun,
      handle: told.handle ?? null,
      title: told.title,
      url: told.url ?? repositoryPage(payload),
    },
    excerpt: told.excerpt ?? null,
    facts: told.facts ?? [],
    sum: told.sum ?? null,
  };
}

/**
 * GitHub tells it twice, each to hooks of its own: as `create` or `delete`, and as a push. What both know is the ref and when
 * the repository was last pushed to, which a payload that is made a moment later may have from the next push: minutes are
 * compared. Nobody misses the second of two branches of one name that were made within one.
 */
export function happeningOf(payload: Payload, { noun, name }: Ref, change: RefChange): string | null {
  const [repo, at] = [repoKey(payload), timeOrNull(payload, 'repository.pushed_at')];
  return repo === null || at === null ? null : `${noun} ${change} ${Math.floor(at / 60_000)} ${repo} ${name}`;
}
