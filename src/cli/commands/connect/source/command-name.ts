import { CATALOG } from '../../../../catalog.ts';

/** What is typed behind `connect` for a provider: its name, or where messages go to one of that name, `<name>-source`. */
export function commandName(provider: string): string {
  return Object.hasOwn(CATALOG.channels, provider) ? `${provider}-source` : provider;
}
