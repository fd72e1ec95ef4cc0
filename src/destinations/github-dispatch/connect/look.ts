import { request } from '../../../shared/outbound.ts';
import { quoted } from '../../../text/plain.ts';
import { objectIn } from '../../answer-text.ts';
import { refused, type Unseen, unseen } from '../../looked.ts';
import { judgeAnswer } from '../answer.ts';
import { get, workflowPath } from '../requests.ts';
import type { Target } from '../settings.ts';
import { refProblem } from '../shapes.ts';

export type Seen = { readonly ok: true; readonly words: string; readonly defaultBranch: string | null } | Unseen;

interface Looking {
  readonly signal: AbortSignal;
  /** Ms since 1970. */
  readonly now: number;
}

/** Whether repository and workflow are there and can run. What the token may start shows only when something is started. */
export async function lookAt(target: Target, looking: Looking): Promise<Seen> {
  const { repo, workflow } = target;
  const found = await read(target, '', looking);
  if ('ok' in found) return found;
  if (found.data['archived'] === true) return refused(`${repo} is archived: nothing runs there`);
  const { default_branch: named } = found.data;
  const defaultBranch = typeof named === 'string' && refProblem(named) === undefined ? named : null;
  if (workflow === undefined) {
    const where = defaultBranch && `; workflows run on ${quoted(defaultBranch, 80)}`;
    return { ok: true, words: `${repo} is there${where ?? ''}`, defaultBranch };
  }
  const its = await read(target, workflowPath(target), looking);
  if ('ok' in its) return its;
  const { state } = its.data;
  if (state === 'active') return { ok: true, words: `${workflow} of ${repo} is there and active`, defaultBranch };
  return refused(`${workflow} of ${repo} is ${quoted(String(state), 40)}: enable it in the tab Actions`);
}

async function read(
  target: Target,
  path: string,
  { signal, now }: Looking,
): Promise<{ readonly data: Readonly<Record<string, unknown>> } | Unseen> {
  // A repository that many have something to do with is told at length.
  const result = await request({ ...get(target, path), timeoutMs: 10_000, signal, answerLimit: 1024 * 1024 });
  const data = result.kind === 'answered' && result.status === 200 ? objectIn(result.text) : null;
  if (data !== null) return { data };
  const outcome = judgeAnswer(result, target, now);
  if (outcome.kind === 'sent') return { ok: false, kind: 'later', problem: 'answered, but not as GitHub does' };
  return unseen(outcome);
}
