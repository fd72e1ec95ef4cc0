import { type Finding, warn } from '../../model/plugin/finding.ts';
import type { SourceHere } from '../../model/plugin/source-here.ts';
import { OWN } from './key-problem.ts';

/** A private key of one's own is for samples: whoever has it is believed. */
export function check({ name, secrets }: SourceHere<unknown>): readonly Finding[] {
  if (!secrets.some((secret) => secret.reveal().startsWith(OWN))) return [];
  const detail = 'a key of your own, for samples, is believed beside Discord’s';
  return [warn(`secret of ${name}`, detail, `Take ${OWN}… out of DISCORD_PUBLIC_KEY when you are done with trying.`)];
}
