import { type Finding, fail, warn } from '../model/plugin/finding.ts';

// What `connect` and `doctor` see of the other side before anything is sent there.

/** It says no, or cannot be asked now. */
export interface Unseen {
  readonly ok: false;
  readonly kind: 'refused' | 'later';
  readonly problem: string;
}

export function refused(problem: string): Unseen {
  return { ok: false, kind: 'refused', problem };
}

/** What an answer that is no yes says of it. `kind`: of an `Outcome`. */
export function unseen({ kind, reason }: { readonly kind: string; readonly reason: string }): Unseen {
  const isRefused = kind === 'rejected' || kind === 'broken';
  return { ok: false, kind: isRefused ? 'refused' : 'later', problem: reason };
}

/** For `doctor`: a no is a failure, and `mend` says what to do; that it cannot be reached from here is a warning. */
export function notSeen(
  what: string,
  { kind, problem }: { readonly kind: string; readonly problem: string },
  { mend, wait }: { readonly mend: string; readonly wait: string },
): Finding {
  return kind === 'refused' ? fail(what, problem, mend) : warn(what, problem, wait);
}

/** It is there. */
export interface Doubted {
  readonly ok: true;
  /** `stream ACTIVITY at NATS at host:4222` */
  readonly where: string;
  /** What is not as it should be, and what to type. */
  readonly doubts: readonly Doubt[];
}

export interface Doubt {
  readonly problem: string;
  readonly fix: string;
}
