import { join } from 'node:path';
import type { Config, SourceConfig } from '../config/config.ts';
import { clearTunnel, writeTunnel } from '../config/read/tunnel-file.ts';
import { type OpenTunnel, type Tunnel, TunnelError, type TunnelKind, type TunnelRequest } from '../model/tunnel.ts';
import { systemClock } from '../shared/clock.ts';
import { systemRandom } from '../shared/ids.ts';
import type { Logger } from '../shared/log.ts';
import type { Pipeline } from './pipeline.ts';
import { buildSources, providerOf } from './sources.ts';
import type { Surroundings } from './surroundings.ts';

interface Tunnelling {
  readonly request: TunnelRequest;
  readonly signal: AbortSignal;
  readonly config: Config;
  readonly surroundings: Surroundings;
  readonly pipeline: Pick<Pipeline, 'listenForTunnel'>;
  readonly log: Logger;
}

export interface RunningTunnel {
  readonly kind: TunnelKind;
  /** At the start. */
  readonly webhookUrl: string;
  stop(): Promise<void>;
}

/** Above cloudflared's own patience with its service, 15 s. */
const OPEN_MS = 20_000;

/**
 * Opens the tunnel to a port that has nothing but the webhooks. Its address is noted in DATA_DIR, said in the log when it
 * changes, and put into the provider's hook where that is wanted. @throws TunnelError
 */
export async function startTunnel(tunnelling: Tunnelling): Promise<RunningTunnel> {
  const { request, signal, config, pipeline, log } = tunnelling;
  const [source] = config.sources;
  if (source === undefined) throw new Error('there is always a source');
  const { title } = await providerOf(source);
  const tunnel = await buildTunnel(tunnelling);
  let isWhole = false;
  let base = '';
  const calledAs = (path: string) => (isWhole ? base : base + path);
  // Whatever PUBLIC_URL says: what comes through it was called by its address.
  const { port } = await pipeline.listenForTunnel(calledAs);
  const hook = hookPointer(tunnelling, title);
  let called: string | null = null;

  function announce(webhookUrl: string): void {
    const was = called;
    called = webhookUrl;
    note(webhookUrl, tunnelling);
    if (was !== webhookUrl) hook.point(webhookUrl, was);
  }

  const path = `/webhooks/${source.name}`;
  const events = {
    dropped: (why: string) => log.warn(`the tunnel dropped, and is opened again. ${why}`),
    warned: (message: string) => log.warn(message),
    reopened: (url: string) => {
      base = url;
      const webhookUrl = calledAs(path);
      const isNew = webhookUrl !== called;
      log.info(`the tunnel is open again${isNew ? ', at a new address' : ''}: ${webhookUrl}`);
      if (isNew && request.updateHook === null) {
        log.warn(
          `${title} still calls the old address: change it in the webhook, or start with --update-hook owner/repo`,
        );
      }
      announce(webhookUrl);
    },
  };
  const open: OpenTunnel = await tunnel.open(port, events, AbortSignal.any([signal, AbortSignal.timeout(OPEN_MS)]));
  [base, isWhole] = [open.url, open.isWhole];
  const webhookUrl = calledAs(path);
  announce(webhookUrl);
  return {
    kind: request.kind,
    webhookUrl,
    stop: async () => {
      hook.stop();
      await open.close();
      clearTunnel(config.dataDir);
    },
  };
}

/** Without the note other commands do not know of the tunnel; the tunnel itself goes on. */
function note(webhookUrl: string, { request, config, log }: Tunnelling): void {
  try {
    writeTunnel(config.dataDir, { kind: request.kind, webhookUrl, pid: process.pid });
  } catch (error) {
    log.warn({ err: error }, `the tunnel's address could not be noted in ${config.dataDir}`);
  }
}

/** One change after the other, the last one last. What fails is said: the tunnel is of use without it. */
function hookPointer({ request: { updateHook: owner }, config, surroundings, log }: Tunnelling, title: string) {
  const ended = new AbortController();
  let turn: Promise<void> = Promise.resolve();
  return {
    point(url: string, was: string | null): void {
      if (owner === null) return;
      turn = turn
        .then(async () => {
          if (ended.signal.aborted) return;
          const { env, version } = surroundings;
          const source = sourceCalledAt(config, url);
          const provider = await providerOf(source);
          if (provider.pointHook === undefined) throw new Error(`${provider.title} lets nobody change its webhooks.`);
          const request = { owner, url, was, rules: config.rules };
          const asking = { env, version, clock: systemClock, signal: ended.signal };
          const { kind, hookId } = await provider.pointHook(source, request, asking);
          const done = { created: 'was made, and calls', moved: 'now calls', unchanged: 'calls' }[kind];
          log.info(`${provider.title}'s webhook ${hookId} ${done} ${url}`);
        })
        .catch((error: unknown) => {
          if (ended.signal.aborted) return;
          const why = error instanceof Error ? error.message : String(error);
          log.warn(`${title}'s webhook could not be pointed at the tunnel: ${why} Set it by hand: ${url}`);
        });
    },
    stop: () => ended.abort(),
  };
}

/** Each is loaded only where it is wanted. */
async function buildTunnel({ request, config, surroundings }: Tunnelling): Promise<Tunnel> {
  const common = { clock: systemClock, random: systemRandom };
  const [source] = config.sources;
  switch (request.kind) {
    case 'cloudflared': {
      const { cloudflaredTunnel } = await import('../tunnel/cloudflared.ts');
      return cloudflaredTunnel({ ...common, env: surroundings.env });
    }
    case 'ngrok': {
      const { ngrokTunnel } = await import('../tunnel/ngrok.ts');
      const { ngrokAuthtoken: authtoken, ngrokDomain } = config;
      if (authtoken === null) throw new TunnelError('ngrok needs an authtoken: set NGROK_AUTHTOKEN.');
      const domain = request.url === null ? ngrokDomain : new URL(request.url).hostname;
      return ngrokTunnel({ authtoken, domain, cwd: surroundings.cwd });
    }
    case 'smee': {
      const { smeeTunnel } = await import('../tunnel/smee/smee.ts');
      if (source === undefined) throw new Error('there is always a source');
      const [built] = await buildSources({ sources: [source] });
      if (built === undefined) throw new Error('a source is built for each');
      const channelPath = join(config.dataDir, 'smee-channel');
      return smeeTunnel({ ...common, url: request.url, channelPath, source: built });
    }
  }
}

/** The one whose path it is; a forwarder's channel has none, and belongs to the first. */
function sourceCalledAt({ sources: [first, ...others] }: Config, url: string): SourceConfig {
  if (first === undefined) throw new Error('there is always a source');
  return others.find(({ name }) => URL.parse(url)?.pathname.endsWith(`/webhooks/${name}`)) ?? first;
}
