import { kindFilter } from '../http/kind-filter.ts';
import { suggest } from '../shared/suggest.ts';
import { GITHUB_EVENTS } from '../sources/github/github-events.ts';

/** `pull_requests` → pull_request: what `--type` may have meant, where nothing is stored under it. Undefined: it is known. */
export function meantKind(kind: string): string | undefined {
  const { type = '', action } = kindFilter(kind);
  const actions = GITHUB_EVENTS.get(type);
  if (actions === undefined) return suggest(type, GITHUB_EVENTS.keys());
  if (action === undefined || actions === null || actions.includes(action)) return undefined;
  const near = suggest(action, actions);
  return near === undefined ? type : `${type}.${near}`;
}
