import { numberOrNull, type Payload, textOrNull } from '../../../../shared/payload.ts';

/** One end of a transfer, seen from the other. */
export interface Transfer {
  /** `acme/web` */
  readonly repo: string;
  /** `acme/web#7`, or the repository alone. */
  readonly handle: string;
  /** The same at both ends: the repository that an issue leaves hears `transferred`, the one it reaches hears `opened`. */
  readonly happening: string | null;
}

/** Where it went; null when the payload does not say. */
export function movedTo(payload: Payload, noun = 'issue'): Transfer | null {
  const here = placeAt(payload, 'repository', noun);
  const there = placeAt(payload, 'changes.new_repository', `changes.new_${noun}`);
  return transfer(there, here, there);
}

/** Where it came from; null when it was not transferred. */
export function movedFrom(payload: Payload): Transfer | null {
  const here = placeAt(payload, 'repository', 'issue');
  const there = placeAt(payload, 'changes.old_repository', 'changes.old_issue');
  return transfer(there, there, here);
}

interface Place {
  readonly repo: string | null;
  readonly handle: string | null;
}

/** An issue has a new number wherever it arrives: both numbers together happen once. */
function transfer(there: Place, from: Place, to: Place): Transfer | null {
  if (there.repo === null) return null;
  const isKnown = from.handle !== null && to.handle !== null;
  const happening = isKnown ? `transfer ${from.handle} ${to.handle}`.toLowerCase() : null;
  return { repo: there.repo, handle: there.handle ?? there.repo, happening };
}

function placeAt(payload: Payload, repoPath: string, path: string): Place {
  const repo = textOrNull(payload, `${repoPath}.full_name`);
  const number = numberOrNull(payload, `${path}.number`);
  return { repo, handle: repo === null || number === null ? null : `${repo}#${number}` };
}
