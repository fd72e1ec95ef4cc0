import type { Config, SourceConfig } from '../../../config/config.ts';
import type { Provider } from '../../../model/plugin/provider.ts';
import type { Samples } from '../../../model/plugin/samples.ts';
import { noSample } from '../../../run/no-sample.ts';
import { providerOf } from '../../../run/sources.ts';
import { CliError, EXIT } from '../../cli-error.ts';

/** What is sent, and to which source. */
export interface ChosenSample {
  readonly name: string;
  readonly source: SourceConfig;
  readonly provider: Provider<unknown>;
  readonly samples: Samples;
}

/** `event.action` of the first source that there are samples for; or a source and its event. @throws CliError, exit code 2 */
export async function chosenSample(config: Config, typed: readonly string[]): Promise<ChosenSample> {
  if (typed.length > 2) throw new CliError(EXIT.usage, `One event at a time: ${typed.join(', ')} are several.`);
  const [name, sourceName] = typed.toReversed();
  const { source, provider } = await sourceWithSamples(config, sourceName);
  const samples = await provider.samples?.();
  if (samples === undefined) throw new CliError(EXIT.usage, `There are no samples of ${provider.title}.`);
  return { name: checkName(name, samples), source, provider, samples };
}

async function sourceWithSamples({ sources }: Config, name: string | undefined) {
  const named = name === undefined ? sources : sources.filter((source) => source.name === name);
  for (const source of named) {
    const provider = await providerOf(source);
    if (name !== undefined || provider.samples !== undefined) return { source, provider };
  }
  const names = sources.map((source) => source.name).join(', ');
  throw new CliError(
    EXIT.usage,
    name === undefined
      ? `There are no samples for these sources: ${names}.`
      : `There is no source "${name}": ${names}.`,
  );
}

/** @throws CliError, exit code 2, naming the nearest sample, or all */
function checkName(name: string | undefined, samples: Samples): string {
  const names = samples.names();
  if (name === undefined) throw new CliError(EXIT.usage, `Which sample shall be sent?\n\nSamples:\n${listed(names)}`);
  if (names.includes(name)) return name;
  const { why, isKnown } = noSample(name, names);
  const list = isKnown ? '' : `\n\nSamples:\n${listed(names)}`;
  throw new CliError(EXIT.usage, `${why.charAt(0).toUpperCase()}${why.slice(1)}${list}`);
}

function listed(names: readonly string[]): string {
  const groups = Map.groupBy(names, (name) => name.split('.')[0] ?? name);
  return [...groups.values()].map((group) => `  ${group.join('  ')}`).join('\n');
}
