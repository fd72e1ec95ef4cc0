import type { SourceConfig } from '../config.ts';

/** Sources that have a secret in common, by name, in pairs: whoever captures a request to one can send it to the other. */
export function sharedSecrets(sources: readonly Pick<SourceConfig, 'name' | 'secrets'>[]): readonly [string, string][] {
  return sources.flatMap(({ name, secrets }, index) => {
    const own = new Set(secrets.map((secret) => secret.reveal()).filter((secret) => secret !== ''));
    const others = sources.slice(index + 1).filter((other) => other.secrets.some((secret) => own.has(secret.reveal())));
    return others.map((other): [string, string] => [name, other.name]);
  });
}

export function sharedSecretWords([one, other]: readonly [string, string]): string {
  return `the sources ${one} and ${other} share a secret: a request captured at one can be sent to the other, which holds it back only if it knows the body`;
}
