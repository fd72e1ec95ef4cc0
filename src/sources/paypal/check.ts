import { type Finding, warn } from '../../model/plugin/finding.ts';
import type { SourceHere } from '../../model/plugin/source-here.ts';
import type { PaypalSettings } from './settings.ts';

export function check({ name, url, settings }: SourceHere<PaypalSettings>): readonly Finding[] {
  const findings: Finding[] = [];
  const address = url === null ? null : URL.parse(url);
  if (address !== null && (address.protocol !== 'https:' || address.port !== '')) {
    const detail = `${url}: PayPal calls https on port 443 alone`;
    findings.push(warn(`address of ${name}`, detail, 'Set PUBLIC_URL to such an address.'));
  }
  if (settings.sample_secret) {
    const detail = 'samples signed with PAYPAL_SAMPLE_SECRET are believed beside what PayPal signs';
    findings.push(warn(`secret of ${name}`, detail, 'Unset it when you are done with trying.'));
  }
  return findings;
}
