import type { Config } from './config.ts';
import { readTunnel } from './read/tunnel-file.ts';

/** What GitHub calls for a source, complete: by PUBLIC_URL, else through the tunnel that is open now. Null: nobody said. */
export function receiverUrl({ publicUrl, dataDir }: Config, source: string): string | null {
  return publicUrl === null ? (readTunnel(dataDir)?.webhookUrl ?? null) : `${publicUrl}/webhooks/${source}`;
}
