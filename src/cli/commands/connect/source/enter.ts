import { CATALOG } from '../../../../catalog.ts';
import { addSource, type NewSource, sourceLines } from '../../../../config/new-source.ts';
import type { Talk } from '../../../../model/plugin/talk.ts';
import { type Context, readConfig } from '../../../context.ts';
import type { WantedSource } from './wanted-source.ts';

/** Has tidings.yaml name the source where it must: by asking, or by saying what to write. */
export async function entered(context: Context, talk: Talk, wanted: WantedSource): Promise<void> {
  const { name, provider, variable, isMissing } = wanted;
  if (!isMissing || variable === null) return;
  const source = { name, provider, variable };
  const { ownSources } = await talk.settings();
  if (ownSources === null) return sayWhole(talk, source);
  const file = talk.shortPath(ownSources.path);
  talk.say(`\n${file} names its sources, and this one is not among them:\n`);
  for (const line of sourceLines(source)) talk.say(line);
  talk.say('');
  const isWanted = talk.hasTerminal && (await talk.ask.confirm({ message: `Add it to ${file}?`, instead: 'add it' }));
  if (!isWanted) return talk.say(`Add it under \`sources:\` in ${file}.`);
  const isAdded = await addSource(ownSources.path, source, () => isThere(context, name));
  talk.say(
    isAdded
      ? `${talk.err.green('added')}  ${name} to ${file}`
      : `${file} cannot be changed from here: add the lines above under \`sources:\`.`,
  );
}

/** A file without sources has the ones that variables make; with one of them named, all have to be. */
function sayWhole(talk: Talk, source: NewSource): void {
  talk.say('\nA source under a name of its own has to stand in tidings.yaml, with every other one:\n');
  for (const line of ['sources:', `  ${CATALOG.byDefault.provider}:`, ...sourceLines(source)]) talk.say(line);
  talk.say('');
}

async function isThere(context: Context, name: string): Promise<boolean> {
  try {
    return (await readConfig(context)).sources.some((source) => source.name === name);
  } catch {
    return false;
  }
}
