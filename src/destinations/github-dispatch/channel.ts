import type { Channel } from '../../model/plugin/channel.ts';
import type { Variables } from '../../model/plugin/variables.ts';
import type { GithubDispatchSettings } from './settings.ts';
import { API_VARIABLE, apiProblem, DEFAULT_API, DEFAULT_EVENT, DEFAULT_INPUTS, DEFAULT_REF } from './shapes.ts';

export const channel: Channel<GithubDispatchSettings> = {
  title: 'GitHub Actions',
  can: { digest: null, thread: null, card: null, edit: false, everybody: false, dedup: '`id`', paceMs: 1000 },
  words: ({ repo, workflow, ref = DEFAULT_REF, event_type: type = DEFAULT_EVENT }) =>
    workflow === undefined ? `event ${type} of ${repo}` : `workflow ${workflow} of ${repo} at ${ref}`,
  fromEnv,
  schema: async () => (await import('./schema.ts')).SCHEMA,
  connect: async () => (await import('./connect/connect.ts')).connect,
  check: async (name, settings, asking) => (await import('./connect/check.ts')).check(name, settings, asking),
  async open({ name, settings, clock }) {
    const { githubDispatchDestination } = await import('./github-dispatch-destination.ts');
    const inputs = settings.workflow === undefined ? null : await compiled(name, settings.inputs ?? DEFAULT_INPUTS);
    return githubDispatchDestination({ name, settings, inputs, clock });
  },
};

function fromEnv(env: Variables): Partial<GithubDispatchSettings> {
  const api = env.base(API_VARIABLE) ?? DEFAULT_API;
  const problem = apiProblem(api);
  if (problem !== undefined) env.tell(API_VARIABLE, problem);
  return { api_url: api };
}

/** @throws Error in words where an expression is none */
async function compiled(name: string, texts: Readonly<Record<string, string>>) {
  const { compileRow } = await import('../../route/column/column.ts');
  const made = compileRow(texts);
  if (made.ok) return { names: Object.keys(texts), row: made.row };
  throw new Error(`destination "${name}": inputs.${made.column} ${made.message}`);
}
