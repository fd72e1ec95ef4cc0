import type { Payload } from '../../../../shared/payload.ts';
import type { Skipped } from '../family.ts';
import type { Words } from '../words.ts';
import type { Topic } from './topic.ts';

export { say } from '../../../../telling/hosting/words.ts';

/** How one action of a topic is told. */
export interface Wording extends Words {
  readonly facts?: readonly (string | null)[];
  /** What is quoted, as it was written. */
  readonly quote?: string | null;
  /** Of whom this very event asks something. */
  readonly asked?: readonly string[];
  /** The size of a pull request's change belongs to it. */
  readonly showsSize?: boolean;
  /** A pull request's description is news: nobody was told of it before. */
  readonly showsBody?: boolean;
  /** The field of the topic that says when; else `updated_at`. */
  readonly time?: string;
}

export type Say = (payload: Payload, topic: Topic) => Wording | Skipped;
