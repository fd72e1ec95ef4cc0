import { CATALOG } from '../../../catalog.ts';
import type { Config, DestinationConfig } from '../../../config/config.ts';
import { destinationWords } from '../../../config/describe/place-words.ts';
import { sourceHere } from '../../../config/describe/source-here.ts';
import { type Finding, fail, ok, warn } from '../../../model/plugin/finding.ts';
import type { Asking } from '../../../model/plugin/plugin.ts';
import { providerOf } from '../../../run/sources.ts';
import type { Context } from '../../context.ts';
import { storeHere } from '../../store-here.ts';

/** Asks each destination that can be asked. Where there is none of them, whether to connect one. */
export async function checkChannels(config: Config, context: Context): Promise<readonly Finding[]> {
  const asked = await Promise.all(config.destinations.map((each) => checkChannel(each, askingOf(context, config))));
  const found = asked.filter((findings) => findings !== null);
  return found.length > 0 ? found.flat() : notConnected(config, context);
}

/** Null: such a one cannot be asked. */
async function checkChannel(
  { name, type, settings }: DestinationConfig,
  asking: Asking,
): Promise<readonly Finding[] | null> {
  const row = settings === null ? undefined : await CATALOG.channels[type]?.();
  try {
    return (await row?.channel.check?.(name, settings, asking)) ?? null;
  } catch (error) {
    asking.signal.throwIfAborted();
    // A package that it needs is missing: what else there is to find is found all the same.
    return [fail(name, error instanceof Error ? error.message : String(error), 'Until then Tidings does not start.')];
  }
}

function notConnected({ destinations }: Config, { invocation }: Context): readonly Finding[] {
  const { proposed, byDefault } = CATALOG;
  const detail = `not connected; messages go to ${destinations.map(destinationWords).join(', ')}`;
  if (destinations.some(({ type }) => type !== byDefault.channel)) return [ok(proposed.channel, detail)];
  return [warn(proposed.channel, detail, `Connect it: ${invocation} connect ${proposed.channel}`)];
}

/** Asks each provider about its sources. */
export async function checkProviders(config: Config, context: Context): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const source of config.sources) {
    const provider = await providerOf(source);
    const here = sourceHere(config, source, storeHere(context, config));
    findings.push(...((await provider.check?.(here, askingOf(context, config))) ?? []));
  }
  return findings;
}

function askingOf({ surroundings, clock, io, invocation }: Context, { directory }: Config): Asking {
  const { version, env } = surroundings;
  return { signal: io.stop, clock, version, env, invocation, peopleByEmail: directory.byEmail };
}
