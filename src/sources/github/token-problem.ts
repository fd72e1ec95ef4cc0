import { tokenProblem } from '../../config/parts/token-problem.ts';

/** What is wrong with a token for GitHub's API, as a predicate. Undefined: nothing. */
export function githubTokenProblem(text: string): string | undefined {
  if (/^https?:/i.test(text)) return 'is an address, not a token.';
  if (/^x(?:ox[a-z]|app)-/.test(text)) return "is a token of another service, not of GitHub's.";
  return tokenProblem(text);
}
