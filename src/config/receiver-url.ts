import type { Config } from './config.ts';
import { readTunnel } from './read/tunnel-file.ts';

/** What a provider calls for a source, complete: by PUBLIC_URL, else through the tunnel that is open now. Null: nobody said. */
export function receiverUrl({ publicUrl, dataDir, sources }: Config, source: string): string | null {
  if (publicUrl !== null) return `${publicUrl}/webhooks/${source}`;
  const open = readTunnel(dataDir)?.webhookUrl ?? null;
  const [, base] = /^(.*\/webhooks\/)[^/]+$/.exec(open ?? '') ?? [];
  // A forwarder's channel leads to one source alone.
  return base === undefined ? (sources[0]?.name === source ? open : null) : base + source;
}
