import { counted, grouped } from '../../text/words.ts';
import { asRef } from './ref.ts';

/** What only that has which asks to be merged: a pull or merge request. */
export interface MergeRequest {
  readonly number: number | null;
  readonly isDraft?: boolean;
  /** Into which branch, from which. */
  readonly base?: string | null;
  readonly head?: string | null;
  /** Whose fork the head is in, where it is in one: `mona`. */
  readonly fork?: string | null;
  readonly isFork?: boolean;
  /** Logins. */
  readonly reviewers?: readonly string[];
  readonly added?: number | null;
  readonly removed?: number | null;
  readonly files?: number | null;
  readonly commits?: number | null;
}

/** A title as it is without the mark of a draft, which the sentence says: `Draft: Retry uploads`, `[WIP] Retry uploads`. */
export function withoutDraftMark(title: string): string {
  return title.replace(/^\s*(?:(?:draft|wip):|\[(?:draft|wip)\]|\(draft\))\s*(?=\S)/i, '');
}

/** `main ← retry-uploads`; from a fork `main ← mona:retry-uploads`. */
export function branchesOf(request: MergeRequest): string | null {
  const [base, head] = [request.base ?? null, headOf(request)];
  return base === null || head === null ? null : `${base} ← ${asRef(head)}`;
}

/** `from retry-uploads`, where the sentence says into what. */
export function cameFrom(request: MergeRequest): string | null {
  const head = headOf(request);
  return head === null ? null : `from ${head}`;
}

function headOf({ head, fork }: MergeRequest): string | null {
  return head && fork ? `${fork}:${head}` : (head ?? null);
}

/** `+120 −30 in 7 files`, `3 commits`; after a push `now +120 −30 in 7 files`: nobody says how large the push was. */
export function sizeOf(request: MergeRequest, isPush: boolean): readonly (string | null)[] {
  const lines = linesText(request);
  const commits = request.commits ?? null;
  return isPush ? [lines && `now ${lines}`] : [lines, commits === null ? null : counted(commits, 'commit')];
}

/** `+120 −30 in 7 files` */
function linesText({
  added = null,
  removed = null,
  files = null,
}: Pick<MergeRequest, 'added' | 'removed' | 'files'>): string | null {
  if (added === null || removed === null) return null;
  return `+${grouped(added)} −${grouped(removed)}${files === null ? '' : ` in ${counted(files, 'file')}`}`;
}
