import { type StoreHere, sourceHere } from '../../config/describe/source-here.ts';
import type { SourceFindings } from '../../http/api/running-system.ts';
import type { Asking } from '../../model/plugin/plugin.ts';
import { type Capable, capable } from '../sources.ts';
import type { SystemParts } from './system-parts.ts';

type FindingParts = Pick<SystemParts, 'config' | 'surroundings' | 'inbox' | 'clock'>;

/** Providers count their calls: whoever looks again soon is told the same. */
const KEPT_MS = 5 * 60_000;
/** A page waits for it. */
const ASK_MS = 3_000;
/** What could not be asked is asked again sooner. */
const UNKNOWN_KEPT_MS = 30_000;

/** Asks each provider that can be asked about the webhooks that call here, as `doctor` does. Never rejects. */
export function sourceFindings(parts: FindingParts): () => Promise<SourceFindings> {
  const { clock } = parts;
  let asked: Promise<SourceFindings> | undefined;
  let goodUntil = Number.NEGATIVE_INFINITY;
  return () => {
    if (asked !== undefined && clock.monotonic() < goodUntil) return asked;
    goodUntil = Number.POSITIVE_INFINITY;
    asked = ask(parts);
    void asked.then(({ unknown }) => {
      goodUntil = clock.monotonic() + (unknown.length > 0 ? UNKNOWN_KEPT_MS : KEPT_MS);
    });
    return asked;
  };
}

async function ask(parts: FindingParts): Promise<SourceFindings> {
  const { config } = parts;
  try {
    const able = await capable(config(), 'check');
    const all = await Promise.all(able.map((each) => askOne(each, parts)));
    return { findings: all.flatMap(({ findings }) => findings), unknown: all.flatMap(({ unknown }) => unknown) };
  } catch (error) {
    return { findings: [], unknown: [`Providers could not be asked: ${messageOf(error)}`] };
  }
}

async function askOne({ source, provider }: Capable<'check'>, parts: FindingParts): Promise<SourceFindings> {
  const signal = AbortSignal.timeout(ASK_MS);
  try {
    const found = await Promise.race([
      provider.check(sourceHere(parts.config(), source, storeHere(parts)), askingOf(parts, signal)),
      new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    ]);
    const unasked = found.filter(({ status, detail }) => status === 'ok' && detail.startsWith('not asked'));
    return {
      findings: found.filter(({ status }) => status !== 'ok').map((each) => ({ ...each, source: source.name })),
      unknown: unasked.map(({ detail }) => `${provider.title} was ${detail}.`),
    };
  } catch (error) {
    const why = signal.aborted ? `no answer within ${ASK_MS / 1000} s` : messageOf(error);
    return { findings: [], unknown: [`${provider.title} could not be asked about its webhooks: ${why}`] };
  }
}

/** It is open already, and stays so. */
function storeHere({ inbox }: FindingParts): StoreHere {
  return {
    hasDatabase: () => true,
    openArchive: async () => ({ ...inbox, [Symbol.asyncDispose]: async () => undefined }),
  };
}

function askingOf({ surroundings, clock, config }: FindingParts, signal: AbortSignal): Asking {
  const { version, env, invocation } = surroundings;
  return { signal, clock, version, env, invocation, peopleByEmail: config().directory.byEmail };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
