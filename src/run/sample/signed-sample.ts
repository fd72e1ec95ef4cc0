import type { SourceConfig } from '../../config/config.ts';
import type { Provider } from '../../model/plugin/provider.ts';
import type { SamplePayload, Samples } from '../../model/plugin/samples.ts';
import { newGuid } from '../../shared/ids.ts';
import type { Secret } from '../../shared/secret.ts';

export interface SampleRequest {
  readonly guid: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Who would send it, and to what. */
export interface Signing {
  readonly source: Pick<SourceConfig, 'settings'>;
  readonly provider: Pick<Provider<unknown>, 'sign' | 'title'>;
  readonly samples: Pick<Samples, 'written'>;
  readonly secret: Secret;
  /** As the provider would call the source. The path alone where no public URL is known. */
  readonly calledUrl: string;
}

/** Sample numbers cycle through this many, so that issue and pull request numbers stay of a natural size. */
const VARIETY = 9_973;

/** Where a run's sample numbers begin: two runs differ, since equal bodies would look like a replay. */
export function firstSampleNo(now: number): number {
  return now % VARIETY;
}

/** One request as the provider would send it. @throws Error with a sentence: that cannot be signed */
export async function signedSample(
  { type, payload }: SamplePayload,
  { source, provider, samples, secret, calledUrl: url }: Signing,
  now: number,
): Promise<SampleRequest> {
  if (provider.sign === undefined) throw new Error(`Nothing can be signed as ${provider.title} does it.`);
  const guid = newGuid();
  const body = samples.written?.(payload) ?? Buffer.from(JSON.stringify(payload));
  return { guid, body, headers: await provider.sign({ type, guid, url, body, now }, secret, source.settings) };
}
