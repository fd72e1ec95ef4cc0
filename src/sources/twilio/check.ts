import { signedAddress } from '../../model/plugin/address-checks.ts';
import type { Finding } from '../../model/plugin/finding.ts';
import type { SourceHere } from '../../model/plugin/source-here.ts';

export function check(source: SourceHere<{ readonly url?: string }>): readonly Finding[] {
  return signedAddress(source, { title: 'Twilio', own: source.settings.url ?? null, key: 'url' });
}
