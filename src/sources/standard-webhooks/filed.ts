import { SENDER_NAMES } from './senders/names.ts';
import { PREFIXES, type StandardSettings } from './settings.ts';

/** What a filed request says of its source. A tolerance that is no number lets nothing pass. */
export function filed(context: Readonly<Record<string, unknown>>): Partial<StandardSettings> {
  const { sender, headerPrefix, toleranceSec } = context;
  return {
    sender: SENDER_NAMES.find((name) => name === sender),
    headers: PREFIXES.find((prefix) => prefix === String(headerPrefix).replace(/-$/, '')),
    tolerance_seconds: toleranceSec === undefined || toleranceSec === null ? undefined : Number(toleranceSec),
  };
}
