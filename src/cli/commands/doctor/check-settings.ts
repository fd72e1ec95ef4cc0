import { weakCredentials, weaknessOf } from '../../../config/check/credentials.ts';
import { sharedSecrets, sharedSecretWords } from '../../../config/check/shared-secrets.ts';
import type { Config, SourceConfig } from '../../../config/config.ts';
import { isCalled, secretWords } from '../../../config/describe/place-words.ts';
import { type Finding, fail, ok, warn } from '../../../model/plugin/finding.ts';
import { providerOf } from '../../../run/sources.ts';
import { commandName } from '../connect/source/command-name.ts';

export function checkNode(version: string): Finding {
  const major = Number(version.split('.')[0]);
  if (major >= 24) return ok('node', version);
  return fail('node', `${version} is too old`, 'Install Node.js 24 or newer.');
}

/** Names that may be misspelt or newer than this version, tests that are wrong, rules that ask in vain. */
export function checkNotes({ notes }: Config): readonly Finding[] {
  return notes.map((note) => warn('rules', note, 'Change what is named, or leave it if it is meant so.'));
}

export function checkSharedSecrets({ sources }: Pick<Config, 'sources'>): readonly Finding[] {
  return sharedSecrets(sources).map((pair) =>
    warn('secrets', sharedSecretWords(pair), 'Give each source a secret of its own: `openssl rand -hex 32`.'),
  );
}

export async function checkSecret(source: SourceConfig, invocation: string): Promise<Finding> {
  const provider = await providerOf(source);
  const name = `secret of ${source.name}`;
  if (!isCalled(source)) return ok(name, secretWords(source));
  if (source.secrets.length === 0) {
    return warn(name, 'none yet', `Start Tidings: it generates one. Or set ${provider.secret.variable}.`);
  }
  // The variable's are refused when they are read; what stands in tidings.yaml, only here.
  const [problem] = source.secrets.flatMap((secret) => provider.secret.problemOf?.(secret.reveal()) ?? []);
  if (problem !== undefined) {
    return fail(
      name,
      `one ${problem}`,
      `Give what ${provider.title} shows: ${invocation} connect ${commandName(source.provider)}`,
    );
  }
  const weak = source.secrets.filter((secret) => weaknessOf(secret) !== null).length;
  if (weak === 0) return ok(name, secretWords(source));
  const which = source.secrets.length === 1 ? 'it' : `${weak} of ${source.secrets.length}`;
  return fail(
    name,
    `${which} can be guessed: too short, or a placeholder`,
    `Make one with \`openssl rand -hex 32\`, set it at ${provider.title} and here.`,
  );
}

/** All but the secrets of sources: what `start` refuses, and what it warns of. */
export function checkCredentials(config: Config): readonly Finding[] {
  return weakCredentials(config)
    .filter(({ kind }) => kind !== 'source')
    .map(({ where, weakness, problem, fix }) =>
      (weakness === 'placeholder' ? fail : warn)('credentials', `${where} ${problem}`, fix),
    );
}
