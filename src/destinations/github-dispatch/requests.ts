import type { OutboundRequest } from '../../shared/outbound.ts';
import type { GithubDispatchSettings, Target } from './settings.ts';
import { DEFAULT_EVENT, DEFAULT_REF } from './shapes.ts';

type Outgoing = Omit<OutboundRequest, 'timeoutMs'>;

/** https://docs.github.com/en/rest/repos/repos#create-a-repository-dispatch-event */
export function repositoryDispatch(
  target: Target & Pick<GithubDispatchSettings, 'event_type'>,
  payload: object,
): Outgoing {
  return post(target, '/dispatches', { event_type: target.event_type ?? DEFAULT_EVENT, client_payload: payload });
}

/** https://docs.github.com/en/rest/actions/workflows#create-a-workflow-dispatch-event */
export function workflowDispatch(
  target: Target & Pick<GithubDispatchSettings, 'ref'>,
  inputs: Readonly<Record<string, string>>,
): Outgoing {
  return post(target, `${workflowPath(target)}/dispatches`, { ref: target.ref ?? DEFAULT_REF, inputs });
}

export function workflowPath({ workflow = '' }: Target): string {
  return `/actions/workflows/${encodeURIComponent(workflow)}`;
}

/** `path`: below the repository. */
export function get(target: Target, path = ''): Outgoing {
  return { method: 'GET', url: addressOf(target, path), headers: headersOf(target) };
}

function post(target: Target, path: string, body: object): Outgoing {
  const headers = { ...headersOf(target), 'content-type': 'application/json' };
  return { method: 'POST', url: addressOf(target, path), headers, body: JSON.stringify(body) };
}

function addressOf({ api_url: api, repo }: Target, path: string): string {
  return `${api}/repos/${repo}${path}`;
}

/** https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api */
function headersOf({ token }: Target): Readonly<Record<string, string>> {
  return {
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
    authorization: `Bearer ${token.reveal()}`,
  };
}
