import { isObject, numberOrNull, type Payload, read, textOrNull } from '../../shared/payload.ts';

/** `acme/api#12` where it is about an issue or a pull request: GitHub numbers both in one row, the latter at the top as well. */
export function threadOf(payload: Payload): string | null {
  const number = numberOrNull(payload, 'pull_request.number') ?? numberOrNull(payload, 'issue.number');
  return threadNo(
    payload,
    number ?? (isObject(read(payload, 'pull_request')) ? numberOrNull(payload, 'number') : null),
  );
}

/** The thread of that number in the payload's repository. */
export function threadNo(payload: Payload, number: number | null): string | null {
  const repo = repoKey(payload);
  return repo === null || number === null ? null : `${repo}#${number}`;
}

/** `acme/api@f00dfeed…`: the thread of a commit, in the repository that is told of it. A fork's commits are checked there too. */
export function threadAt(payload: Payload, sha: string | null): string | null {
  const repo = repoKey(payload);
  return repo === null || sha === null ? null : `${repo}@${sha}`;
}

/** `acme/api`, of any of its threads. Null: it is another provider's. */
export function repoOfThread(thread: string): string | null {
  return /^([\w-][\w.-]*\/[\w.-]+)[#@]/.exec(thread)?.[1] ?? null;
}

/** The repository's name as keys have it: at GitHub it has no case. */
export function repoKey(payload: Payload): string | null {
  return textOrNull(payload, 'repository.full_name')?.toLowerCase() ?? null;
}
