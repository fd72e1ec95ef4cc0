import { eventOf } from '../../src/sources/github/events.ts';
import { generic } from '../../src/sources/github/normalise/generic.ts';
import { activityOf } from '../../src/sources/github/normalise.ts';
import { storedEvent } from './tell.ts';

/** From the payload's top: `['commits', '0', 'message']`. */
export type Path = readonly string[];

type Node = Record<string, unknown>;

/**
 * Every field of a payload that its normaliser reads, objects on the way included. Normalisers are pure: what is never read
 * cannot matter.
 */
export function pathsRead(type: string, payload: Readonly<Node>): readonly Path[] {
  const paths = new Map<string, Path>();
  const watched = watch(payload, [], (path) => paths.set(path.join('.'), path));
  const output = (eventOf(type)?.normalise ?? generic(type))(watched);
  if (output.kind === 'activity') activityOf(storedEvent(type, {}), watched, output);
  return [...paths.values()];
}

export function valueAt(payload: Readonly<Node>, path: Path): unknown {
  return path.reduce<unknown>((node, key) => (node as Node)[key], payload);
}

/** Runs `work` while the field holds `value` (undefined: it is not there), then puts back what it held. */
export function withValue<T>(payload: Readonly<Node>, path: Path, value: unknown, work: () => T): T {
  const parent = valueAt(payload, path.slice(0, -1)) as Node;
  const key = path.at(-1) ?? '';
  const held = parent[key];
  parent[key] = value;
  try {
    return work();
  } finally {
    parent[key] = held;
  }
}

function watch(node: Node, path: Path, seen: (path: Path) => void): Node {
  return new Proxy(node, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof key === 'symbol' || !Object.hasOwn(target, key) || (Array.isArray(target) && key === 'length')) {
        return value;
      }
      const here = [...path, key];
      seen(here);
      return typeof value === 'object' && value !== null ? watch(value as Node, here, seen) : value;
    },
  });
}
