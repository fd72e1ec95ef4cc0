import type { Inquiry } from '../../model/inquiry.ts';
import type { AskingProvider, Provider } from '../../model/plugin/provider.ts';
import type { SourceOf } from '../../model/plugin/source-here.ts';
import { parseOwner } from '../../model/recovery.ts';
import type { GithubSettings } from './settings.ts';
import { repoOfThread } from './thread.ts';
import { githubTokenProblem } from './token-problem.ts';

export const provider: Provider<GithubSettings> = {
  title: 'GitHub',
  words: ({ token }) => (token === null ? 'webhooks' : 'webhooks, and a token'),
  classics: { issues: ['opened'], pull_request: ['opened', 'merged'], star: ['created'] },
  proof: () => 'signature in X-Hub-Signature-256',
  secret: { variable: 'GITHUB_WEBHOOK_SECRET', from: 'chosen' },
  tokenVariable: 'GITHUB_TOKEN',
  fromEnv: (env) => ({
    token: env.token('GITHUB_TOKEN', githubTokenProblem),
    api_url: env.base('GITHUB_API_URL') ?? 'https://api.github.com',
  }),
  schema: async () => (await import('./schema.ts')).SCHEMA,
  async source({ name, secrets }) {
    const { githubSource } = await import('./github-source.ts');
    return githubSource({ name, secrets });
  },
  events: async () => (await import('./events.ts')).EVENTS,
  firstSample: 'pull_request.opened',
  samples: async () => (await import('./samples/samples.ts')).SAMPLES,
  sign: async (delivery, secret) => (await import('./sign.ts')).signedHeaders(delivery, secret),
  connect: async () => (await import('./connect/connect.ts')).connect,
  async check(source, asking) {
    const { check } = await import('./connect/check.ts');
    return check(source, provider.recoversFor?.(source.settings) ?? [], asking);
  },
  timeFrom: ({ api_url }) => api_url,
  async pointHook(given, request, asking) {
    const { pointHook } = await import('./hooks/point-hook.ts');
    return pointHook(given, request, asking);
  },
  recoversFor: ({ recover = [] }) => recover.flatMap((owner) => parseOwner(owner) ?? []),
  async recover(given, request, { inbox, signal, ...asking }) {
    const run = await recovery(given, asking);
    return run(inbox, request, signal);
  },
  async keepRecovering(given, { inbox, log, ...asking }) {
    const { startRecoverService } = await import('./recover/recover-service.ts');
    const run = await recovery(given, asking);
    return startRecoverService({
      owners: given.flatMap(({ settings }) => provider.recoversFor?.(settings) ?? []),
      recover: (request, signal) => run(inbox, request, signal),
      clock: asking.clock,
      log,
    });
  },
  async poll(given, request, polling) {
    const [{ poll }, source] = await Promise.all([import('./poll/poll-service.ts'), provider.source(given)]);
    return poll({ ...polling, ...client(given.settings, polling), source }, request);
  },
  inquiry,
};

async function recovery(
  given: readonly SourceOf<GithubSettings>[],
  asking: Pick<AskingProvider, 'clock' | 'version'> & { readonly publicUrl: string | null },
) {
  const [first] = given;
  if (first === undefined) throw new Error('there is always a source');
  const { createRecovery } = await import('./recover/recovery.ts');
  const sources = await Promise.all(given.map((each) => provider.source(each)));
  return createRecovery({ ...client(first.settings, asking), publicUrl: asking.publicUrl, sources });
}

type GithubInquiry = Inquiry & Required<Pick<Inquiry, 'open'>>;

/** Loaded at the first question. */
function inquiry(settings: GithubSettings, asking: Pick<AskingProvider, 'clock' | 'version'>): Inquiry | null {
  const { token, ...rest } = client(settings, asking);
  if (token === null) return null;
  let loaded: Promise<GithubInquiry> | undefined;
  const load = async (): Promise<GithubInquiry> => {
    const { createInquiry } = await import('./api/inquiry.ts');
    return createInquiry({ token, ...rest });
  };
  return {
    changedFiles: async (...question) => (await (loaded ??= load())).changedFiles(...question),
    details: async (...question) => (await (loaded ??= load())).details(...question),
    open: {
      repoOf: repoOfThread,
      ask: async (...question) => (await (loaded ??= load())).open.ask(...question),
    },
  };
}

function client(
  { token, api_url: apiUrl }: GithubSettings,
  { clock, version }: Pick<AskingProvider, 'clock' | 'version'>,
) {
  return { token, apiUrl, clock, version };
}
