import { tokenProblem } from '../../config/parts/token-problem.ts';
import { clearTextProblem } from '../clear-text.ts';

// What people paste and what it should have been. Each tells what is wrong with the text as a predicate, or undefined; a token is
// not repeated.

export const TOKEN_VARIABLE = 'GITHUB_DISPATCH_TOKEN';
export const API_VARIABLE = 'GITHUB_DISPATCH_API_URL';
export const DEFAULT_API = 'https://api.github.com';

/** A token goes there. An Enterprise Server may be on a network of one's own. */
export function apiProblem(address: string): string | undefined {
  const url = URL.parse(address);
  return url === null ? undefined : clearTextProblem(url, /(?:^|\.)(?:github|ghe)\.com$/);
}

export const DEFAULT_EVENT = 'tidings';
export const DEFAULT_REF = 'main';
/** The whole activity, as JSON. */
export const DEFAULT_INPUTS: Readonly<Record<string, string>> = { tidings: 'notification.json' };

export const REPO = '^[A-Za-z0-9](?:[A-Za-z0-9-]{0,98})/[A-Za-z0-9._-]{1,100}$';

export function repoProblem(text: string): string | undefined {
  const isRepo = new RegExp(REPO).test(text) && !/\/\.{1,2}$/.test(text);
  return isRepo ? undefined : 'must be the name of a repository at GitHub, as in acme/api.';
}

/** https://docs.github.com/en/rest/actions/workflows: its number, or the name of its file. */
export const WORKFLOW = '^(?:\\d{1,15}|[A-Za-z0-9._-]{1,200}\\.ya?ml)$';

export function workflowProblem(text: string): string | undefined {
  if (new RegExp(WORKFLOW).test(text)) return undefined;
  return 'must be the file of a workflow without its folder, as in deploy.yml, or its number.';
}

/** https://git-scm.com/docs/git-check-ref-format, as far as people slip. */
export const REF = '^[^\\s~^:?*\\[\\\\\\x00-\\x20\\x7f]{1,250}$';

export function refProblem(text: string): string | undefined {
  return new RegExp(REF).test(text) ? undefined : 'must be a branch or a tag, as in main or v2.';
}

/** https://docs.github.com/en/rest/repos/repos#create-a-repository-dispatch-event */
export function eventTypeProblem(text: string): string | undefined {
  if (/^[\x21-\x7e]{1,100}$/.test(text)) return undefined;
  return "must be at most 100 characters without a blank, as a workflow's `types:` names it: tidings.";
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#workflow_dispatch */
export const MOST_INPUTS = 25;
export const INPUT = '^[A-Za-z_][A-Za-z0-9_-]{0,99}$';

export function githubTokenProblem(text: string): string | undefined {
  if (/^https?:/i.test(text)) return 'is an address, not a token.';
  if (/^x(?:ox[a-z]|app)-/.test(text)) return "is a token of another service, not of GitHub's.";
  return tokenProblem(text);
}
