import type { Config } from '../config/config.ts';
import type { ChangedFiles } from '../model/changed-files.ts';
import type { Rule } from '../model/rule.ts';
import { systemClock } from '../shared/clock.ts';
import { capable } from './sources.ts';

/** Null: no rule asks for changed files, or there is nothing to ask the provider with. */
export async function changedFiles(
  { rules, sources }: Pick<Config, 'rules' | 'sources'>,
  version: string,
): Promise<ChangedFiles | null> {
  if (!rules.some(asksForPaths)) return null;
  const [first] = await capable({ sources }, 'changedFiles');
  return first?.provider.changedFiles(first.source.settings, { clock: systemClock, version }) ?? null;
}

function asksForPaths({ on }: Rule): boolean {
  return [...on.values()].some(({ paths }) => paths !== null);
}
