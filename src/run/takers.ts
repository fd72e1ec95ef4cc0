import type { Config } from '../config/config.ts';
import type { Taker } from '../jobs/expand/take-all.ts';

/** The destinations that take all of some source, as far as their settings say so: none is opened. */
export function takersIn({ destinations }: Pick<Config, 'destinations'>): readonly Taker[] {
  return destinations.flatMap(({ name, takes }) =>
    takes === undefined
      ? []
      : [{ name, takesAll: (source: string) => takes === 'all' || (Array.isArray(takes) && takes.includes(source)) }],
  );
}
