import type { Secret } from '../../shared/secret.ts';
import type { Archive } from '../inbox/archive.ts';
import type { Rule } from '../rule.ts';

/** One configured source. */
export interface SourceOf<C> {
  readonly name: string;
  readonly secrets: readonly Secret[];
  readonly settings: C;
}

/** One configured source with what its provider asks of this installation: to connect it, and to check it. */
export interface SourceHere<C> extends SourceOf<C> {
  /** Where its secrets come from: `from GITHUB_WEBHOOK_SECRET`. */
  readonly secretFrom: string;
  readonly rules: readonly Rule[];
  /** What the provider calls, complete: by PUBLIC_URL, or through the tunnel that is open now. Null: nobody said. */
  readonly url: string | null;
  /** `/webhooks/github` */
  readonly path: string;
  /** There is no other source. */
  readonly isOnly: boolean;
  /** One that is not there yet is made by the first start, and must not be made by looking. */
  hasDatabase(): boolean;
  /** For reading. @throws an Error whose message says why it cannot be opened */
  openArchive(): Promise<Archive & AsyncDisposable>;
}
