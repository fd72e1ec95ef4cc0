import { CATALOG } from '../../../catalog.ts';
import type { Config, SourceConfig } from '../../../config/config.ts';
import type { Provider } from '../../../model/plugin/provider.ts';
import type { Samples } from '../../../model/plugin/samples.ts';
import { noSample } from '../../../run/no-sample.ts';
import { providerOf } from '../../../run/sources.ts';
import { CliError, EXIT } from '../../cli-error.ts';
import { oneLine } from '../../table.ts';

/** What is sent, and to which source. */
export interface ChosenSample {
  readonly name: string;
  readonly source: SourceConfig;
  readonly provider: Provider<unknown>;
  readonly samples: Samples;
}

interface Typed {
  /** Undefined: nothing was said. */
  readonly name: string | undefined;
  /** A source's name, or a provider's. Undefined: the first source that there are samples for. */
  readonly of: string | undefined;
}

/**
 * `event.action` of the first source that there are samples for; `provider:event.action` or `source:event.action`, also as two
 * words. `isSigned`: by a secret that is named, so that no source has to be configured. @throws CliError, exit code 2
 */
export async function chosenSample(config: Config, words: readonly string[], isSigned: boolean): Promise<ChosenSample> {
  const { name, of } = typed(config, words);
  const { source, provider } = await sourceWithSamples(config, of, isSigned);
  const samples = await provider.samples?.();
  if (samples === undefined) throw new CliError(EXIT.usage, `There are no samples of ${provider.title}.`);
  return { name: checkName(name, samples), source, provider, samples };
}

function typed({ sources }: Config, words: readonly string[]): Typed {
  if (words.length > 2) throw new CliError(EXIT.usage, `One event at a time: ${words.join(', ')} are several.`);
  if (words.length === 2) return { of: words[0], name: words[1] };
  const [word] = words;
  // A name may have colons of its own.
  const [, of = '', name = ''] = /^([^:]+):(.*)$/s.exec(word ?? '') ?? [];
  const isPrefix = sources.some((source) => source.name === of) || Object.hasOwn(CATALOG.providers, of);
  return isPrefix ? { of, name: name === '' ? undefined : name } : { of: undefined, name: word };
}

async function sourceWithSamples({ sources }: Config, of: string | undefined, isSigned: boolean) {
  const ofName = sources.filter((source) => source.name === of);
  const ofProvider = sources.filter((source) => source.provider === of);
  for (const source of of === undefined ? sources : [...ofName, ...ofProvider]) {
    const provider = await providerOf(source);
    if (of !== undefined || provider.samples !== undefined) return { source, provider };
  }
  if (of === undefined) throw new CliError(EXIT.usage, `There are no samples for these sources: ${namesOf(sources)}.`);
  if (!Object.hasOwn(CATALOG.providers, of)) {
    throw new CliError(EXIT.usage, `There is no source "${oneLine(of)}": ${namesOf(sources)}.`);
  }
  if (isSigned) return unconfigured(of);
  const { title } = await providerOf({ provider: of });
  throw new CliError(
    EXIT.usage,
    `No source here is ${title}'s: ${namesOf(sources)}. \`connect ${of}\` says how to make one; with --to and --secret-env a sample goes to another receiver.`,
  );
}

/** As far as one can be told without being configured. */
async function unconfigured(name: string) {
  const provider = await providerOf({ provider: name });
  const origin = { kind: 'environment', variable: provider.secret.variable } as const;
  const source: SourceConfig = {
    name,
    provider: name,
    settings: {},
    template: null,
    secrets: [],
    secretOrigin: origin,
  };
  return { source, provider };
}

function namesOf(sources: readonly SourceConfig[]): string {
  return sources.map(({ name }) => name).join(', ');
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
