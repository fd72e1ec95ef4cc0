import { aborted } from '../aborted.ts';
import type { Role, Running } from '../app-port.ts';
import { banner } from '../banner.ts';
import { CliError, EXIT, inWords } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { loadForTunnel, type TunnelOptions, tunnelInWords, tunnelRequest } from './start-tunnel.ts';

/** What is left to a start when a signal comes: it takes half a second in all. */
const STARTING_MS = 2_000;

/** `start`, `receive` and `work`: run until told to stop. A graceful stop is a success, a forced one is not. */
export async function start(context: Context, role: Role, options: TunnelOptions = {}): Promise<void> {
  const request = tunnelRequest(options);
  const app = await loadForTunnel(context, request);
  if (request !== null) context.say(`Opening a tunnel by ${request.kind} …`);
  const tunnel = request === null ? undefined : { request, signal: context.io.stop };
  const running = await started(context, app.start(role, tunnel)).catch((error: unknown) => {
    if (context.io.stop.aborted) throw new CliError(EXIT.interrupted, 'Interrupted.');
    throw inWords(tunnelInWords(error), app.config.port);
  });
  try {
    const screen = banner({
      app: context.app,
      config: app.config,
      role,
      url: running.url,
      tunnel: running.tunnel && { ...running.tunnel, updatesHook: Boolean(request?.updateHook) },
      hasAdminToken: running.hasAdminToken,
      untold: running.untold,
      showsSecret: context.io.stderr.isTTY,
      colors: context.err,
    });
    for (const line of screen) context.say(line);
    const failure = await Promise.race([running.failure, aborted(context.io.stop)]);
    if (failure !== 'aborted') throw failure;
  } finally {
    await stopGracefully(context, running);
  }
}

/** A start that hangs (a database that does not answer) is not waited for when a signal has come. */
async function started({ app, io }: Context, starting: Promise<Running>): Promise<Running> {
  const patience = aborted(io.stop).then(
    () => new Promise<null>((resolve) => app.clock.after(STARTING_MS, () => resolve(null))),
  );
  if ((await Promise.race([starting, patience])) === null) throw new Error('it was still starting');
  return starting;
}

/** @throws CliError, exit code 130, when a second signal does not want to wait */
async function stopGracefully(context: Context, running: Running): Promise<void> {
  const hint = context.io.stderr.isTTY ? ' (Ctrl-C again to leave at once)' : '';
  context.say(`Stopping: finishing the work in hand${hint}.`);
  const ended = await Promise.race([running.stop(), aborted(context.io.force)]);
  if (ended === 'aborted') {
    throw new CliError(EXIT.interrupted, 'Left at once. What was in hand is taken up again at the next start.');
  }
  context.say('Stopped.');
}
