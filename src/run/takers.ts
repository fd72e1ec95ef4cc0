import type { Config } from '../config/config.ts';
import type { Taker } from '../jobs/expand/take-all.ts';

/**
 * The destinations that take all of some source, whatever rules say, as far as their settings say so: none is opened. What somebody is asked
 * no rules are about.
 */
export function takersIn({ destinations }: Pick<Config, 'destinations'>): readonly Taker[] {
  return destinations.flatMap(({ name, takes, isAsked }) =>
    takes === undefined || isAsked
      ? []
      : [{ name, takesAll: (source: string) => takes === 'all' || (Array.isArray(takes) && takes.includes(source)) }],
  );
}
