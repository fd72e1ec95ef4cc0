import { setTimeout } from 'node:timers/promises';
import { CATALOG } from '../../../catalog.ts';
import type { Config, SourceConfig } from '../../../config/config.ts';
import { connectSettings } from '../../../config/connect-settings.ts';
import { shortPath } from '../../../config/describe/place-words.ts';
import { sourceHere } from '../../../config/describe/source-here.ts';
import { envFile } from '../../../config/read/env-file.ts';
import { ConnectError } from '../../../model/plugin/connect.ts';
import type { Talk } from '../../../model/plugin/talk.ts';
import { type Context, loadConfig, untilStopped } from '../../context.ts';
import { sayNext } from '../../next-steps.ts';
import { storeHere } from '../../store-here.ts';

/** A pipe that stays open and empty looks like a program that hangs. */
const SILENT_MS = 1_500;

/** The context as a plugin of this type sees it. */
export function talkOf(context: Context, type: string): Talk {
  const { surroundings, invocation, clock, io, out, err, ask, print, printJson, say, sayOpenly } = context;
  const { env, cwd, version } = surroundings;
  const kept = envFile(cwd, env);
  return {
    invocation,
    version,
    clock,
    signal: io.stop,
    env,
    hasTerminal: io.terminal !== null,
    out,
    err,
    ask,
    print,
    printJson,
    say,
    sayOpenly,
    sayNext: (steps) => sayNext(context, steps),
    piped: () => piped(context),
    async wait(ms, interrupted) {
      await setTimeout(ms, undefined, { signal: io.stop }).catch(() => {
        throw new ConnectError('interrupted', interrupted);
      });
    },
    untilStopped: (work) => untilStopped(context, work),
    shortPath,
    envFile: shortPath(kept.path),
    keep: (variables) => kept.keep(variables, { replace: true }),
    settings: () => connectSettings(env, cwd, CATALOG),
    async source({ name, readOnly }) {
      const config = await loadConfig(context, { readOnly, purpose: 'receive' });
      return sourceHere(config, sourceOf(config, type, name), storeHere(context, config));
    },
  };
}

async function piped({ clock, io, say }: Context): Promise<string | null> {
  if (io.firstLine === null) return null;
  const cancel = clock.after(SILENT_MS, () => say('Waiting for a line on standard input (or end it: < /dev/null).'));
  const line = (await io.firstLine()).trim();
  cancel();
  if (io.stop.aborted) throw new ConnectError('interrupted', 'Interrupted. Nothing was written.');
  return line || null;
}

function sourceOf({ sources }: Config, type: string, name: string | undefined): SourceConfig {
  const ofType = sources.filter(({ provider }) => provider === type);
  const names = ofType.map((source) => source.name).join(', ');
  const [first, ...others] = ofType;
  if (first === undefined) {
    throw new ConnectError('usage', `No source in tidings.yaml has provider: ${type}. Add one under sources.`);
  }
  if (name === undefined && others.length > 0) {
    throw new ConnectError('usage', `Which source shall it call? Add --source with one of: ${names}.`);
  }
  const found = name === undefined ? first : ofType.find((source) => source.name === name);
  if (found === undefined) throw new ConnectError('usage', `There is no source "${name}". There are: ${names}.`);
  return found;
}
