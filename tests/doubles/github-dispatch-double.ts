import type { IncomingHttpHeaders } from 'node:http';
import { type PushDouble, startPushDouble } from './push-double.ts';

export const DISPATCH_TOKEN = 'github_pat_11ABCDEFG0aVeryLongOne';
export const REPO = 'acme/api';
export const WORKFLOW = 'deploy.yml';

type Json = Readonly<Record<string, unknown>>;

export interface DispatchRules {
  /** Inputs that `on: workflow_dispatch` of the workflow names. */
  readonly inputs?: readonly string[];
  /** Of the workflow: `active`, `disabled_manually`. */
  readonly state?: string;
  /** The default branch, and the only one. */
  readonly branch?: string;
}

const DOCS = { documentation_url: 'https://docs.github.com/rest', status: '' };
const MOST = 65_535;

/**
 * Starting workflows, as far as https://docs.github.com/en/rest/repos/repos#create-a-repository-dispatch-event and
 * https://docs.github.com/en/rest/actions/workflows#create-a-workflow-dispatch-event say: one repository that has one workflow on one branch.
 */
export function startDispatchDouble({
  inputs = ['tidings'],
  state = 'active',
  branch = 'main',
}: DispatchRules = {}): Promise<PushDouble> {
  return startPushDouble({
    path: '',
    answer({ method, path, headers, body }) {
      if (headers['user-agent'] === undefined) return no(403, 'Request forbidden by administrative rules.');
      if (headers.authorization !== `Bearer ${DISPATCH_TOKEN}`) return no(401, 'Bad credentials');
      const below = path.startsWith(`/repos/${REPO}`) ? path.slice(`/repos/${REPO}`.length) : null;
      if (below === null) return no(404, 'Not Found');
      const workflow = `/actions/workflows/${WORKFLOW}`;
      if (method === 'GET') {
        if (below === '') return { status: 200, body: { full_name: REPO, archived: false, default_branch: branch } };
        return below === workflow ? { status: 200, body: { id: 7, path: WORKFLOW, state } } : no(404, 'Not Found');
      }
      const asked = JSON.parse(body) as Json;
      const problem =
        below === '/dispatches'
          ? problemOfEvent(asked)
          : below === `${workflow}/dispatches`
            ? problemOfStart(asked, inputs, branch)
            : undefined;
      if (problem === undefined) return no(404, 'Not Found');
      if (problem !== null) return no(422, problem);
      return { status: 204, body: '', told: { ...asked, faults: faultsOfHeaders(headers) } };
    },
    faultsOf: ({ faults, client_payload: payload }) => [
      ...(faults as readonly string[]),
      ...(payload === undefined || Object.keys(payload as Json).join() === 'tidings' ? [] : ['more than one key']),
    ],
  });
}

function problemOfEvent({ event_type: type, client_payload: payload = {}, ...others }: Json): string | null {
  if (typeof type !== 'string' || type === '' || type.length > 100) return 'Invalid request. event_type is wrong.';
  if (Object.keys(others).length > 0) return `Invalid request. ${Object.keys(others).join()} is not permitted.`;
  const count = Object.keys(payload as Json).length;
  if (count > 10) return `Invalid request. No more than 10 properties are allowed; ${count} were supplied.`;
  return sizeOf(payload) > MOST ? 'client_payload is too large.' : null;
}

function problemOfStart(
  { ref, inputs = {}, ...others }: Json,
  known: readonly string[],
  branch: string,
): string | null {
  if (typeof ref !== 'string') return 'Invalid request. "ref" wasn\'t supplied.';
  if (Object.keys(others).length > 0) return `Invalid request. ${Object.keys(others).join()} is not permitted.`;
  if (ref !== branch) return `No ref found for: ${ref}`;
  if (known.length === 0) return "Workflow does not have 'workflow_dispatch' trigger";
  const given = Object.entries(inputs as Json);
  const odd = given.flatMap(([name]) => (known.includes(name) ? [] : [name]));
  if (odd.length > 0) return `Unexpected inputs provided: ${JSON.stringify(odd)}`;
  if (given.some(([, value]) => typeof value !== 'string')) return 'Invalid request. inputs are not all strings.';
  return sizeOf(inputs) > MOST ? 'inputs are too large.' : null;
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

function faultsOfHeaders(headers: IncomingHttpHeaders): readonly string[] {
  return [
    ...(headers.accept === 'application/vnd.github+json' ? [] : ['another accept']),
    ...(headers['x-github-api-version'] === '2022-11-28' ? [] : ['no version']),
    ...(headers['content-type'] === 'application/json' ? [] : ['no JSON']),
  ];
}

function no(status: number, message: string) {
  return { status, body: { message, ...DOCS, status: String(status) } };
}
