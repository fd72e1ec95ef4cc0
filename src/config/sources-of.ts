import { listens, type Provider } from '../model/plugin/provider.ts';
import type { Variables } from '../model/plugin/variables.ts';
import type { Template } from '../model/rule.ts';
import { Secret } from '../shared/secret.ts';
import type { SecretOrigin, Settings, SourceConfig } from './config.ts';
import type { Plugins } from './plugins-of.ts';
import { type Purpose, receives } from './purpose.ts';
import type { ConfigFile } from './read/config-file.ts';
import { generatedSecret, keptSecret, secretPath } from './read/generated-secret.ts';
import { commaSeparated } from './read/variables.ts';
import { templatesOf } from './rule-of.ts';
import type { FileData, SourceData } from './schema/file-schema.ts';

/** A source before its secret is looked for on disk, or made there. */
export interface DeclaredSource {
  readonly name: string;
  readonly provider: string;
  readonly plugin: Provider<unknown>;
  readonly settings: Settings;
  readonly template: Template | null;
  /** In the file. */
  readonly written: readonly string[] | undefined;
  /** In the provider's variable. */
  readonly fromEnv: readonly Secret[];
}

/** Those of the file. Else the default one, and one of each other provider whose secret is set. */
export async function declaredSources(
  data: FileData,
  plugins: Plugins,
  purpose: Purpose,
  variables: Pick<Variables, 'tell'>,
): Promise<readonly DeclaredSource[]> {
  const given = Object.entries<SourceData>(data.sources ?? (await defaultSources(plugins)));
  const templates = await templatesOf(given.map(([, source]) => source));
  return Promise.all(
    given.map(async ([name, { provider, secrets: written, template, ...settings }], index) => {
      const { plugin, fromEnv, secrets, instead } = await plugins.provider(provider);
      const { variable, from } = plugin.secret;
      const listening = written ? {} : listeningBy(plugin, instead);
      const all = { ...fromEnv, ...listening, ...settings };
      if (from === 'issued' && !written && secrets.length === 0 && !listens(plugin, all) && receives(purpose)) {
        variables.tell(
          variable,
          `is not set, and the source ${name} has no secrets: give what ${plugin.title} issued${orInstead(plugin)}.`,
        );
      }
      const own = {
        settings: all,
        template: template === undefined ? null : (templates[index] ?? null),
      };
      return { name, provider, plugin, ...own, written, fromEnv: secrets };
    }),
  );
}

/** What its variable says, for one whose secrets are not written. */
function listeningBy({ secret: { instead } }: Provider<unknown>, token: Secret | null): Settings {
  return instead && token ? { [instead.key]: token } : {};
}

function orInstead({ secret: { instead } }: Provider<unknown>): string {
  return instead ? `, or set ${instead.variable} to listen without one` : '';
}

/** By their names, where the file has none. */
export async function defaultSources(plugins: Plugins): Promise<Readonly<Record<string, SourceData>>> {
  const { provider: first } = plugins.byDefault;
  const others = await Promise.all(
    plugins
      .mentioned('providers')
      .filter((name) => name !== first)
      .map(async (name) => {
        const { secrets, instead } = await plugins.provider(name);
        return secrets.length > 0 || instead !== null ? [name] : [];
      }),
  );
  return Object.fromEntries([first, ...others.flat()].map((name) => [name, { provider: name }]));
}

interface Disk {
  readonly dataDir: string;
  /** Nothing is written. */
  readonly readOnly: boolean;
}

/** With their secrets, generated where there is none. @throws ConfigError when one can be neither read nor written */
export function sourcesOf(
  declared: readonly DeclaredSource[],
  file: ConfigFile | null,
  disk: Disk,
): readonly SourceConfig[] {
  return declared.map((each) => {
    const { name, provider, settings, template, written, fromEnv } = each;
    const listening = listens(each.plugin, settings) ? ({ listens: true } as const) : {};
    const source = { name, provider, settings, template, ...listening };
    if (written) return { ...source, secrets: secretsOf(name, written, file), secretOrigin: { kind: 'configured' } };
    const { variable, from } = each.plugin.secret;
    if (fromEnv.length > 0 || from === 'issued') {
      return { ...source, secrets: fromEnv, secretOrigin: { kind: 'environment', variable } };
    }
    return { ...source, ...generatedFor(each, declared, disk) };
  });
}

/** A variable may hold several, or none here; what is written out is taken as it stands. */
function secretsOf(source: string, secrets: readonly string[], file: ConfigFile | null): readonly Secret[] {
  const unset = file?.unset.filter(({ path }) => isSecret(path) && path[1] === source) ?? [];
  const texts = secrets.flatMap((secret, index) => {
    if (unset.some(({ path }) => (path[3] ?? 0) === index)) return [];
    const place = ['sources', source, 'secrets'];
    return (file?.variableAt([...place, index]) ?? file?.variableAt(place)) ? commaSeparated(secret) : [secret];
  });
  return texts.map((text) => new Secret(text));
}

export function isSecret(path: readonly (string | number)[]): boolean {
  return path[0] === 'sources' && path[2] === 'secrets';
}

/**
 * Each source has its own. The first of a provider, whatever it is called, keeps the one that was made under the provider's name:
 * the webhook at the provider knows it.
 */
function generatedFor(
  { name, provider, plugin }: DeclaredSource,
  all: readonly DeclaredSource[],
  { dataDir, readOnly }: Disk,
): { readonly secrets: readonly Secret[]; readonly secretOrigin: SecretOrigin } {
  const { variable } = plugin.secret;
  const place = { dataDir, source: name, variable };
  const isHeir =
    all.every((each) => each.name !== provider) && all.find((each) => each.provider === provider)?.name === name;
  const kept = keptSecret(place) ?? (isHeir ? keptSecret({ ...place, source: provider }) : null);
  const found = kept ?? (readOnly ? null : generatedSecret(place));
  return {
    secrets: found ? [found.secret] : [],
    secretOrigin: {
      kind: 'generated',
      path: found?.path ?? secretPath(dataDir, name),
      fresh: found?.fresh ?? false,
      variable,
    },
  };
}
