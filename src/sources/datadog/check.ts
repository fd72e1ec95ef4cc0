import { openAddress } from '../../model/plugin/address-checks.ts';
import { type Finding, warn } from '../../model/plugin/finding.ts';
import type { SourceHere } from '../../model/plugin/source-here.ts';

/** Datadog signs nothing: whoever guesses or hears the secret can send what is believed. */
const LEAST_LENGTH = 20;

export function check(source: SourceHere<unknown>): readonly Finding[] {
  const short = source.secrets.filter((secret) => passwordIn(secret.reveal()).length < LEAST_LENGTH).length;
  const detail = `${short === 1 ? 'one is' : `${short} are`} shorter than ${LEAST_LENGTH} characters, and nothing else proves who sends`;
  const fix = 'Make one with `openssl rand -hex 32`, and set it at Datadog and here.';
  return [
    ...(short === 0 ? [] : [warn(`secret of ${source.name}`, detail, fix)]),
    ...openAddress(source, 'the secret'),
  ];
}

/** Of `user:password`, what has to be guessed. */
function passwordIn(secret: string): string {
  return secret.slice(secret.indexOf(':') + 1);
}
