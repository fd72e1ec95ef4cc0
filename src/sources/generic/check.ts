import { openAddress, signedAddress } from '../../model/plugin/address-checks.ts';
import type { Finding } from '../../model/plugin/finding.ts';
import type { SourceHere } from '../../model/plugin/source-here.ts';
import type { GenericSettings } from './settings.ts';

export function check(source: SourceHere<GenericSettings>): readonly Finding[] {
  const { scheme = 'hmac', signed = '' } = source.settings;
  if (scheme !== 'hmac') return openAddress(source, scheme === 'basic' ? 'the password' : 'the token');
  return signed.includes('{url}') ? signedAddress(source, { title: 'The sender', own: null, key: null }) : [];
}
