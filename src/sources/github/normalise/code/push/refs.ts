import { type Payload, text, textOrNull } from '../../../../../shared/payload.ts';
import { capitalised } from '../../../../../text/words.ts';
import { repositoryPage } from '../../common.ts';
import { type FamilyOutput, skip } from '../../family.ts';
import { told } from '../../words.ts';
import { isMergeQueue } from '../merge-queue.ts';
import { refPage } from '../ref.ts';

/** Neither event carries a time of its own. */
export function create(payload: Payload): FamilyOutput {
  return changed(payload, 'created');
}

export function remove(payload: Payload): FamilyOutput {
  return changed(payload, 'deleted');
}

/** The page of a deleted branch is gone: its link leads to the repository. */
function changed(payload: Payload, verb: 'created' | 'deleted'): FamilyOutput {
  const noun = textOrNull(payload, 'ref_type') === 'tag' ? 'tag' : 'branch';
  const name = text(payload, 'ref');
  if (isMergeQueue(name)) return skip(`a ${noun} ${verb} by the merge queue itself`);
  return {
    ...told(null, { headline: `${capitalised(noun)} ${verb}`, did: `${verb} {it}`, tone: 'neutral' }),
    subject: {
      noun,
      handle: name,
      title: name,
      url: repositoryPage(payload, verb === 'created' ? refPage({ noun, name }) : ''),
    },
    branch: noun === 'branch' ? name : null,
    tag: noun === 'tag' ? name : null,
  };
}
