import { openAddress } from '../../model/plugin/address-checks.ts';
import { type Finding, warn } from '../../model/plugin/finding.ts';
import type { SourceHere } from '../../model/plugin/source-here.ts';

/** A secret token is sent along with each request, and signs nothing. */
export function check(source: SourceHere<unknown>): readonly Finding[] {
  const isSigned = source.secrets.some((secret) => secret.reveal().startsWith('whsec_'));
  if (isSigned || source.secrets.length === 0) return [];
  const detail = 'a secret token proves who sends, and not what; with a signing token, GitLab signs it';
  const fix = 'Where GitLab offers one, go over to it: docs/sources/gitlab.md says how, without missing anything.';
  return [warn(`signature of ${source.name}`, detail, fix), ...openAddress(source, 'the token')];
}
