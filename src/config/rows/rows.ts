import type { Catalog } from '../../model/plugin/catalog.ts';
import type { ChannelSchema } from '../../model/plugin/channel.ts';
import type { Schema, Written } from '../../model/plugin/plugin.ts';
import type { SecretForm } from '../../model/plugin/provider.ts';
import { mapping } from '../read/plain-data.ts';

/** What there may be in tidings.yaml: each row of the table with its keys, by the row's name. */
export interface Rows {
  readonly providers: ReadonlyMap<string, ProviderRow>;
  readonly channels: ReadonlyMap<string, ChannelRow>;
  readonly byDefault: Catalog['byDefault'];
}

export interface Row<S extends Schema> {
  readonly title: string;
  readonly schema: S;
}

export interface ProviderRow extends Row<Schema> {
  readonly secret: SecretForm;
}

export interface ChannelRow extends Row<ChannelSchema> {
  /** The variable that makes one where the file names none. Null: none does. */
  readonly variable: string | null;
  /** Of a destination as written. Null: not one person alone. */
  readerOf(given: Written): string | null;
  /** Whether one as written tells each person by direct message. */
  isDirect(given: Written): boolean;
  /** Whether one as written looks up people by their addresses. */
  findsPeople(given: Written): boolean;
  /** Why one as written has no threads, in words. Null: it has. */
  whyNoThreads(given: Written): string | null;
  /** Why one as written shows no cards, in words. Null: it does. */
  whyNoCards(given: Written): string | null;
  /** Why one as written shows nothing of a thread in the channel, in words. Null: it does. */
  whyNoBroadcasts(given: Written): string | null;
  /** A key of one as written that does nothing beside the others of its type, and why. Null: there is none. */
  whyInVain(given: Written, all: readonly Written[]): { readonly key: string; readonly why: string } | null;
}

/** Loads zod, and every row, though not what they need to work. */
export async function rowsOf({ providers, channels, byDefault }: Catalog): Promise<Rows> {
  const ofProviders = Object.entries(providers).map(async ([name, load]) => {
    const { provider } = await load();
    const { title, secret } = provider;
    return [name, { title, secret, schema: await provider.schema() }] as const;
  });
  const ofChannels = Object.entries(channels).map(async ([name, load]) => {
    const { channel } = await load();
    const { title, byDefault: own } = channel;
    const readerOf = (given: Written) => channel.readerOf?.(given) ?? null;
    const isDirect = (given: Written) => channel.isDirect?.(given) ?? false;
    const findsPeople = (given: Written) => channel.findsPeople?.(given) ?? false;
    const noThreads = channel.can.thread === null ? `${title} has no threads` : null;
    const noCards = channel.can.card === null ? `${title} shows no cards` : null;
    const whyNoThreads = (given: Written) => (channel.whyNoThreads ? channel.whyNoThreads(given) : noThreads);
    const why = {
      whyNoThreads,
      whyInVain: (given: Written, all: readonly Written[]) => channel.whyInVain?.(given, all) ?? null,
      whyNoBroadcasts: (given: Written) =>
        channel.broadcasts?.(given) === true ? null : (whyNoThreads(given) ?? `${title} can't`),
      whyNoCards: (given: Written) => (channel.whyNoCards ? channel.whyNoCards(given) : noCards),
    };
    const variable = own?.variable ?? null;
    return [
      name,
      { title, variable, readerOf, isDirect, findsPeople, ...why, schema: await channel.schema() },
    ] as const;
  });
  return {
    providers: new Map(await Promise.all(ofProviders)),
    channels: new Map(await Promise.all(ofChannels)),
    byDefault,
  };
}

/** Keys whose values may be quoted: no row keeps a secret under such a name. `columns.*`: and whatever stands under it. */
export function plainKeys({ providers, channels }: Rows): ReadonlySet<string> {
  const keys = [...providers.values(), ...channels.values()].flatMap(({ schema }) => Object.entries(schema.keys));
  const secret = new Set(keys.flatMap(([key, { secret }]) => (secret === undefined ? [] : [key])));
  const plain = keys.filter(([key]) => !secret.has(key));
  const ofEntries = plain.flatMap(([key, { entries }]) => (entries === 'plain' ? [`${key}.*`] : []));
  return new Set(['type', 'provider', 'template', ...plain.map(([key]) => key), ...ofEntries]);
}

/** Keys by which a source is connected to its provider. */
export function keysThatListen({ providers }: Pick<Rows, 'providers'>): readonly string[] {
  return [...providers.values()].flatMap(({ secret }) => secret.instead?.key ?? []);
}

/** tidings.yaml as it was meant: a source that is called like a provider is of that provider, unless it says another. */
export function withProviders(data: unknown, { providers }: Rows): unknown {
  const { sources } = mapping(data);
  if (sources !== mapping(sources)) return data;
  const meant = Object.entries(sources).map(([name, given]) => {
    const isMeant = providers.has(name) && (given === null || given === mapping(given));
    return [name, isMeant ? { provider: name, ...mapping(given) } : given];
  });
  return { ...mapping(data), sources: Object.fromEntries(meant) };
}
