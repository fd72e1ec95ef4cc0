import { Secret } from '../../shared/secret.ts';
import { isPlaceholder } from '../../shared/secrets/placeholder.ts';
import type { Config, DestinationConfig, SourceConfig } from '../config.ts';
import { ConfigError, type Problem } from '../config-error.ts';

/** A secret that others may guess: an example out of a file that everybody has, or one that is soon tried out. */
export interface WeakCredential {
  /** The variable, or its place in tidings.yaml. */
  readonly where: string;
  readonly weakness: 'placeholder' | 'short';
  readonly kind: Credential['kind'];
  /** As a predicate: `is a placeholder that everybody knows`. */
  readonly problem: string;
  /** What to type. */
  readonly fix: string;
}

interface Credential {
  readonly where: string;
  /** Whoever runs Tidings makes the `source`'s and its `own`; a service issues the others. */
  readonly kind: 'source' | 'own' | 'issued';
  readonly secret: Secret;
}

/** GitHub accepts anything; below this a secret can be guessed from one captured request. */
const LEAST_LENGTH = 16;

export function weakCredentials(config: Config): readonly WeakCredential[] {
  return credentialsOf(config).flatMap(({ where, kind, secret }) => {
    const weakness = weaknessOf(secret, kind);
    return weakness === null ? [] : [{ where, weakness, kind, ...wordsOf(weakness, kind) }];
  });
}

export function weaknessOf(secret: Secret, kind: Credential['kind'] = 'source'): WeakCredential['weakness'] | null {
  const value = secret.reveal();
  if (isPlaceholder(value)) return 'placeholder';
  return kind !== 'issued' && value.length < LEAST_LENGTH ? 'short' : null;
}

/** For who is about to receive with them. @throws ConfigError, without the values */
export function refusePlaceholders(weak: readonly WeakCredential[]): void {
  const problems = weak
    .filter(({ weakness }) => weakness === 'placeholder')
    .map(({ where, problem, fix }): Problem => ({ where, message: `${problem}. ${fix}`, excerpt: null }));
  if (problems.length > 0) throw new ConfigError(problems);
}

function wordsOf(
  weakness: WeakCredential['weakness'],
  kind: Credential['kind'],
): Pick<WeakCredential, 'problem' | 'fix'> {
  if (kind === 'issued')
    return { problem: 'is a placeholder, not a secret', fix: 'Put in the real one, or leave it out.' };
  const problem =
    weakness === 'placeholder'
      ? 'is a placeholder that everybody knows'
      : `can be guessed: it has fewer than ${LEAST_LENGTH} characters`;
  return { problem, fix: 'Make one with `openssl rand -hex 32`, or leave it out to have one generated.' };
}

function credentialsOf(config: Config): readonly Credential[] {
  const { adminToken, viewerToken, ngrokAuthtoken, sources, destinations, rowSettings } = config;
  const given = (where: string, kind: Credential['kind'], secret: unknown): readonly Credential[] =>
    secret instanceof Secret ? [{ where, kind, secret }] : [];
  return [
    ...sources.flatMap(ofSource),
    ...given('ADMIN_TOKEN', 'own', adminToken),
    ...given('VIEWER_TOKEN', 'own', viewerToken),
    ...Object.entries(rowSettings).flatMap(([name, value]) => given(name.toUpperCase(), 'issued', value)),
    ...given('NGROK_AUTHTOKEN', 'issued', ngrokAuthtoken),
    ...destinations.flatMap((destination) => ofDestination(destination, config)),
  ];
}

function ofSource({ name, secrets, secretOrigin }: SourceConfig): readonly Credential[] {
  if (secretOrigin.kind === 'generated') return [];
  const where = secretOrigin.kind === 'environment' ? secretOrigin.variable : `sources.${name}.secrets`;
  return secrets.map((secret) => ({ where, kind: 'source', secret }));
}

/** What variables say of all of a type is told under their own names. */
function ofDestination({ name, type, settings }: DestinationConfig, config: Config): readonly Credential[] {
  return Object.entries(settings ?? {}).flatMap(([key, secret]) => {
    const place = `destinations.${name}.${key}`;
    const isOwn = config.rowSettings[`${type}_${key}`] === undefined;
    if (!(secret instanceof Secret) || !isOwn) return [];
    return [{ where: config.fromVariables.get(place) ?? place, kind: 'issued' as const, secret }];
  });
}
