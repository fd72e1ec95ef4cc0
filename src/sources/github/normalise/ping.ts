import { skip, type Verdict } from './verdict.ts';

/** GitHub's first request to a new hook: the answer is all it wants. Its body is not looked at. */
export function ping(): Verdict {
  return skip('ping: answered, not announced');
}
