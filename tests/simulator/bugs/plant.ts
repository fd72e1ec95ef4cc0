import { registerHooks } from 'node:module';
import type { Simulator } from '../simulate.ts';
import { BUGS } from './bugs.ts';
import { type PlantedBug, withBug } from './planted-bug.ts';

const ROOT = new URL('../../../', import.meta.url).href;
const QUERY = 'bug';

let areHooked = false;

/**
 * The simulator, and under it the engine, with a bug. It is put into the text of its file as that is loaded: the project's code knows of no
 * switch. The bug's name in the address (`?bug=…`) goes on to whatever is imported from there, so that each bug has modules of its own,
 * beside those without.
 */
export async function simulatorWith(bug: PlantedBug | null): Promise<Simulator> {
  const { Simulator } = (await loadWith(bug, 'tests/simulator/simulate.ts')) as typeof import('../simulate.ts');
  return await Simulator.open();
}

/** Any module of the project. `file`: from the project's root. */
export async function loadWith(bug: PlantedBug | null, file: string): Promise<unknown> {
  if (bug !== null) hook();
  return import(`${ROOT}${file}${bug === null ? '' : `?${QUERY}=${bug.name}`}`);
}

export function bugNamed(name: string): PlantedBug {
  const bug = BUGS.find((each) => each.name === name);
  if (bug !== undefined) return bug;
  throw new Error(`no bug is called ${name}. There are: ${BUGS.map((each) => each.name).join(', ')}`);
}

function hook(): void {
  if (areHooked) return;
  areHooked = true;
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      const name = context.parentURL === undefined ? null : bugIn(context.parentURL);
      if (name === null || !isOurs(resolved.url)) return resolved;
      const url = new URL(resolved.url);
      url.searchParams.set(QUERY, name);
      return { ...resolved, url: url.href };
    },
    load(url, context, next) {
      const loaded = next(url, context);
      const name = isOurs(url) ? bugIn(url) : null;
      if (name === null) return loaded;
      const file = url.slice(ROOT.length).replace(/\?.*/, '');
      const bug = bugNamed(name);
      if (!bug.changes.some((change) => change.file === file)) return loaded;
      return { ...loaded, source: withBug(bug, file, textOf(loaded.source)) };
    },
  });
}

function textOf(source: string | ArrayBufferView | ArrayBuffer | null | undefined): string {
  if (typeof source === 'string') return source;
  if (ArrayBuffer.isView(source)) return Buffer.from(source.buffer, source.byteOffset, source.byteLength).toString();
  return Buffer.from(source ?? new ArrayBuffer()).toString();
}

function bugIn(url: string): string | null {
  return url.startsWith(ROOT) ? new URL(url).searchParams.get(QUERY) : null;
}

function isOurs(url: string): boolean {
  return url.startsWith(ROOT) && !url.includes('/node_modules/');
}
