import type { RulesWorks } from '../../http/api/running-system.ts';
import type { SystemParts } from './system-parts.ts';

/** What tidings.yaml says and would say, loaded by the first who asks. */
export function rulesWorks(parts: SystemParts): RulesWorks {
  let loaded: Promise<RulesWorks> | undefined;
  const works = () =>
    (loaded ??= import('./rules/rules-works.ts').then(({ createRulesWorks }) => createRulesWorks(parts)));
  return {
    read: async () => (await works()).read(),
    check: async (text) => (await works()).check(text),
    test: async (text) => (await works()).test(text),
    backtest: async (text, limit, signal) => (await works()).backtest(text, limit, signal),
    write: async (text, etag) => (await works()).write(text, etag),
  };
}
