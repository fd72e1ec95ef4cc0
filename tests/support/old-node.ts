import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** A Node on this machine's PATH, outside the checkout, that is too old. */
export function oldNode(): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((place) => !place.includes('node_modules'))
    .find((place) => {
      const version = spawnSync(join(place, 'node'), ['--version'], { encoding: 'utf8' }).stdout as string | null;
      return Number(/^v(\d+)/.exec(version ?? '')?.[1] ?? 24) < 24;
    });
}
