import { numberOrNull, type Payload, textOrNull } from '../../../../shared/payload.ts';
import { asWords } from '../../../../telling/parts.ts';
import { capitalised } from '../../../../text/words.ts';
import type { Topic } from './topic.ts';
import { say, type Wording } from './wording.ts';

/** One end of a transfer, seen from the other. */
export interface Transfer {
  /** `acme/web#7`, or the repository alone. */
  readonly handle: string;
  /** The same at both ends: the repository that an issue leaves hears `transferred`, the one it reaches hears `opened`. */
  readonly happening: string | null;
}

/** Where it went; null when the payload does not say. */
export function movedTo(payload: Payload, { root }: Topic): Transfer | null {
  const here = placeAt(payload, 'repository', root);
  const there = placeAt(payload, 'changes.new_repository', `changes.new_${root}`);
  return transfer(there, here, there);
}

/** Where it came from; null when it was not transferred. */
export function movedFrom(payload: Payload, { root }: Topic): Transfer | null {
  const here = placeAt(payload, 'repository', root);
  const there = placeAt(payload, 'changes.old_repository', `changes.old_${root}`);
  return transfer(there, there, here);
}

export function transferred(payload: Payload, topic: Topic): Wording {
  const to = movedTo(payload, topic);
  const did = to === null ? 'moved {it} to another repository' : `moved {it} from {repo} to ${asWords(to.handle)}`;
  return say(`${capitalised(topic.noun)} transferred`, did);
}

interface Place {
  readonly repo: string | null;
  readonly handle: string | null;
}

/** It has a new number wherever it arrives: both numbers together happen once. */
function transfer(there: Place, from: Place, to: Place): Transfer | null {
  if (there.repo === null) return null;
  const isKnown = from.handle !== null && to.handle !== null;
  const happening = isKnown ? `transfer ${from.handle} ${to.handle}`.toLowerCase() : null;
  return { handle: there.handle ?? there.repo, happening };
}

function placeAt(payload: Payload, repoPath: string, path: string): Place {
  const repo = textOrNull(payload, `${repoPath}.full_name`);
  const number = numberOrNull(payload, `${path}.number`);
  return { repo, handle: repo === null || number === null ? null : `${repo}#${number}` };
}
