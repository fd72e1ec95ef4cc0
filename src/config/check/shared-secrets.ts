import type { SourceConfig } from '../config.ts';

/** Sources that have a secret in common, by name: whoever captures a request to one can send it to another. */
export function sharedSecrets(
  sources: readonly Pick<SourceConfig, 'name' | 'secrets'>[],
): readonly (readonly string[])[] {
  const owners = new Map<string, Set<string>>();
  for (const { name, secrets } of sources) {
    for (const text of secrets.map((secret) => secret.reveal()).filter(Boolean)) {
      owners.set(text, (owners.get(text) ?? new Set()).add(name));
    }
  }
  const groups = [...owners.values()].filter(({ size }) => size > 1).map((names) => [...names]);
  return [...new Map(groups.map((names) => [names.join('\n'), names])).values()];
}

export function sharedSecretWords(names: readonly string[]): string {
  const together = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `the sources ${together} share a secret: a request captured at one can be sent to another, which holds it back only if it knows the body`;
}
