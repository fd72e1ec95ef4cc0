import { signedAddress } from '../../model/plugin/address-checks.ts';
import type { Finding } from '../../model/plugin/finding.ts';
import type { SourceHere } from '../../model/plugin/source-here.ts';

export function check(source: SourceHere<{ readonly notification_url?: string }>): readonly Finding[] {
  const own = source.settings.notification_url ?? null;
  return signedAddress(source, { title: 'Square', own, key: 'notification_url' });
}
