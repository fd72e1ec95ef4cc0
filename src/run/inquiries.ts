import type { Config } from '../config/config.ts';
import type { Inquiry } from '../model/inquiry.ts';
import { systemClock } from '../shared/clock.ts';
import { capable } from './sources.ts';

/** Whom to ask about events, by the name of their source. A source is left out where there is nothing to ask its provider with. */
export async function inquiries(
  { sources }: Pick<Config, 'sources'>,
  version: string,
): Promise<ReadonlyMap<string, Inquiry>> {
  const able = await capable({ sources }, 'inquiry');
  const all = able.map(({ source, provider }) => {
    return [source.name, provider.inquiry(source.settings, { clock: systemClock, version })] as const;
  });
  return new Map(all.flatMap(([name, inquiry]) => (inquiry === null ? [] : [[name, inquiry] as const])));
}
