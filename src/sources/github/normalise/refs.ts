import { type Payload, text } from '../payload.ts';
import { repositoryPage } from './common.ts';
import { isMergeQueue } from './push.ts';
import { skip, type Verdict } from './verdict.ts';

/** Neither event carries a time of its own. */
export function create(payload: Payload): Verdict {
  return told(payload, 'created');
}

export function remove(payload: Payload): Verdict {
  return told(payload, 'deleted');
}

/** The page of a deleted branch is gone: its link leads to the repository. */
function told(payload: Payload, verb: 'created' | 'deleted'): Verdict {
  const noun = text(payload, 'ref_type') === 'tag' ? 'tag' : 'branch';
  const name = text(payload, 'ref');
  if (isMergeQueue(name)) return skip(`a ${noun} ${verb} by the merge queue itself`);
  return {
    kind: 'told',
    action: null,
    headline: `${noun === 'tag' ? 'Tag' : 'Branch'} ${verb}`,
    tone: 'neutral',
    subject: {
      noun,
      handle: name,
      title: name,
      url: repositoryPage(payload, verb === 'created' ? `/tree/${encodeURI(name)}` : ''),
    },
    branch: noun === 'branch' ? name : null,
  };
}
