import { isName } from '../../../../config/check/names.ts';
import type { Config, SourceConfig } from '../../../../config/config.ts';
import { ConnectError } from '../../../../model/plugin/connect.ts';
import type { Provider } from '../../../../model/plugin/provider.ts';
import type { Settings } from '../../../../model/plugin/talk.ts';

export interface WantedSource {
  readonly name: string;
  /** Its row of the table. */
  readonly provider: string;
  /** As it is configured. Null: it is not. */
  readonly configured: SourceConfig | null;
  /** What holds its secret. Null: that stands in tidings.yaml itself. */
  readonly variable: string | null;
  /** tidings.yaml has to name it, and does not. */
  readonly isMissing: boolean;
}

interface Asked {
  readonly row: { readonly name: string; readonly provider: Provider<unknown> };
  /** `--source` */
  readonly name: string | undefined;
}

/** @throws ConnectError where it is not clear which one is meant */
export function wantedSource(
  { sources }: Pick<Config, 'sources'>,
  { ownSources }: Pick<Settings, 'ownSources'>,
  { row, name: given }: Asked,
): WantedSource {
  const name = given ?? nameOf(sources, row.name);
  const configured = sources.find((source) => source.name === name) ?? null;
  if (configured !== null && configured.provider !== row.name) {
    throw new ConnectError('usage', `The source ${name} has provider: ${configured.provider}. Choose another name.`);
  }
  if (!isName(name)) {
    throw new ConnectError(
      'usage',
      `"${name}" cannot be a name: use up to 64 letters, digits, - and _, a letter or digit first.`,
    );
  }
  const isMissing = configured === null && (ownSources !== null || name !== row.name);
  const variable = variableOf({ name, configured, row }, ownSources?.secretVariables[name]);
  return { name, provider: row.name, configured, variable, isMissing };
}

/** The only one of this provider; or a new one under the provider's name. */
function nameOf(sources: readonly SourceConfig[], provider: string): string {
  const names = sources.filter((source) => source.provider === provider).map((source) => source.name);
  if (names.length < 2) return names[0] ?? provider;
  throw new ConnectError('usage', `Which source? Add --source with one of: ${names.join(', ')}; or with a new name.`);
}

function variableOf(
  { name, configured, row }: Pick<WantedSource, 'name' | 'configured'> & Pick<Asked, 'row'>,
  written: string | undefined,
): string | null {
  if (written !== undefined) return written;
  if (configured?.secretOrigin.kind === 'configured') return null;
  const { variable } = row.provider.secret;
  const isAnother = configured === null && name !== row.name;
  return isAnother
    ? `${name
        .toUpperCase()
        .replaceAll('-', '_')
        .replace(/^(?=\d)/, '_')}_WEBHOOK_SECRET`
    : variable;
}
