import { shortPath, tellingWords } from '../../../config/describe/place-words.ts';
import type { Setup } from '../../../http/api/answers/setup.ts';
import { plural } from '../../../shared/time-words.ts';
import type { SystemParts } from '../system-parts.ts';

type Step = Setup['steps'][number];

export function rulesStep({ config, surroundings }: Pick<SystemParts, 'config' | 'surroundings'>): Step {
  const settings = config();
  const { configPath, hasDefaultRules, rules } = settings;
  const done = configPath !== null && !hasDefaultRules;
  const { invocation } = surroundings;
  const path = configPath === null ? null : shortPath(configPath);
  return {
    id: 'rules',
    title: 'A rule of your own',
    done,
    says: done
      ? `${plural(rules.length, 'rule')} in ${path}.`
      : `The built-in rules tell ${tellingWords(settings).join(', ')}.${path === null ? '' : ` ${path} has no rules.`}`,
    commands: [
      ...(path === null ? [{ command: `${invocation} init`, says: 'writes a first tidings.yaml here' }] : []),
      { command: `${invocation} backtest`, says: 'shows what the rules would have told of what is stored' },
    ],
    fields: [],
    links: [],
  };
}
