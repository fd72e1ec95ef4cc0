/** `gh-readonly-queue/main/pr-104-929f8209d40f`, as GitHub names them. */
const QUEUE_BRANCH = /^gh-readonly-queue\/(.+)\/pr-(\d{1,10})-[0-9a-f]+$/;

/** GitHub's merge queue builds on temporary branches of its own: nobody pushed them. */
export function isMergeQueue(branch: string): boolean {
  return branch.startsWith('gh-readonly-queue/');
}

/** Where the queue leads, and the last pull request of the group that is tried. */
export function queueOf(branch: string): { readonly base: string | null; readonly pullRequest: number | null } {
  const [, base, number] = QUEUE_BRANCH.exec(branch) ?? [];
  return { base: base ?? null, pullRequest: number === undefined ? null : Number(number) };
}
