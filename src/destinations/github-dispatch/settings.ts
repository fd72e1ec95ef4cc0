import type { Secret } from '../../shared/secret.ts';

export interface GithubDispatchSettings {
  /** `owner/name` */
  readonly repo: string;
  readonly token: Secret;
  /** Of a `repository_dispatch`. Absent: DEFAULT_EVENT. It says nothing beside `workflow`. */
  readonly event_type?: string;
  /** File or number of the workflow that a `workflow_dispatch` starts. Absent: it is a `repository_dispatch`. */
  readonly workflow?: string;
  /** The branch or tag that `workflow` runs on. */
  readonly ref?: string;
  /** Input of `workflow` → expression. Absent: DEFAULT_INPUTS. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Takes what a run in `repo` has caused too. */
  readonly allow_loop: boolean;
  /** Without a slash at the end. */
  readonly api_url: string;
}

/** What is started: where GitHub has it, and by what it is known in words. */
export type Target = Pick<GithubDispatchSettings, 'repo' | 'workflow' | 'token' | 'api_url'>;
