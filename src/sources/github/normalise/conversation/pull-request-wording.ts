import type { Words } from '../words.ts';

/** How one action of a pull request is told. */
export interface Wording extends Words {
  readonly facts?: readonly (string | null)[];
  /** The size of the change belongs to it. */
  readonly showsSize?: boolean;
  /** The description is news: nobody was told of it before. */
  readonly showsBody?: boolean;
  /** The field of the pull request that says when; else `updated_at`. */
  readonly time?: string;
}
