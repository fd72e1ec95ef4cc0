import { Writable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { createTidings, githubSource, httpDestination } from '../../../src/index.ts';
import { createLog } from '../../../src/shared/log.ts';
import { PATIENCE_MS } from '../../support/patience.ts';
import { runTidings, SECRET } from '../../support/tidings-process.ts';
import { configureIn, DESTINATION, FILES } from './base.ts';

/** A Tidings that runs on a damaged database. */
export interface Subject extends AsyncDisposable {
  readonly url: string;
  /** All that it logged. */
  said(): string;
  /** What went wrong with the process itself; empty: it stopped as it was asked to. */
  stop(): Promise<readonly string[]>;
}

/** Or how it refused: with which exit code, and what it said. */
export type Started = Subject | { readonly code: number | null; readonly said: string };

export async function startProcess(folder: string, endpoint: string): Promise<Started> {
  await configureIn(folder, endpoint);
  const server = await runTidings(['start'], folder);
  const said = () => server.output.stderr;
  for (const deadline = Date.now() + PATIENCE_MS; ; await setTimeout(20)) {
    if (server.child.exitCode !== null || server.child.signalCode !== null)
      return { code: await server.ended, said: said() };
    const answer = await fetch(`${server.url}/healthz`).catch(() => null);
    if (answer?.ok) break;
    if (Date.now() > deadline) throw new Error(`it neither listens nor ends: ${said()}`);
  }
  return {
    url: server.url,
    said,
    async stop() {
      const code = await server.stop();
      return code === 0 ? [] : [`it ended with ${code ?? server.child.signalCode}: ${said().slice(-600)}`];
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** The same in this process, for a fraction of the time. What would have ended a process of its own is a fault. */
export async function startHere(folder: string, endpoint: string): Promise<Started> {
  let said = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      said += String(chunk);
      done();
    },
  });
  const faults: string[] = [];
  const note = (error: unknown) =>
    void faults.push(`it would have ended: ${error instanceof Error ? error.stack : String(error)}`);
  process.on('unhandledRejection', note);
  try {
    const tidings = await createTidings({
      database: `sqlite:${folder}/${FILES[0]}`,
      sources: [githubSource({ secrets: [SECRET] })],
      destinations: [httpDestination({ name: DESTINATION, url: endpoint })],
      rules: [{ on: { issues: ['opened'] }, to: [DESTINATION] }],
      log: createLog('warn', stream),
    });
    void tidings.failure.then(note);
    const { url } = await tidings.listen({ port: 0 });
    await tidings.start();
    const stop = async () => {
      await tidings.stop();
      process.off('unhandledRejection', note);
      return faults;
    };
    return { url, said: () => said, stop, [Symbol.asyncDispose]: async () => void (await stop()) };
  } catch (error) {
    process.off('unhandledRejection', note);
    return { code: 1, said: error instanceof Error ? error.message : String(error) };
  }
}
