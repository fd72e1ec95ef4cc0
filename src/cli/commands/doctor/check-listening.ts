import type { Config } from '../../../config/config.ts';
import type { LaneHead } from '../../../model/inbox/archive.ts';
import { LISTEN_LANE } from '../../../model/inbox/lanes.ts';
import { type Listening, listeningCursor, parseListening } from '../../../model/listening.ts';
import { type Finding, fail, ok, warn } from '../../../model/plugin/finding.ts';
import type { OpenedArchive } from '../../../run/database.ts';
import { iso } from '../../../shared/time-words.ts';

/** Whether the sources that listen are connected, and since when. */
export async function checkListening(
  archive: Pick<OpenedArchive, 'heads' | 'recall'>,
  { sources }: Pick<Config, 'sources'>,
): Promise<readonly Finding[]> {
  const listening = sources.filter(({ listens }) => listens);
  if (listening.length === 0) return [];
  const isHeld = (await archive.heads()).some(({ lane, owner }: LaneHead) => lane === LISTEN_LANE && owner !== null);
  return Promise.all(
    listening.map(async ({ name }) => {
      const found = isHeld ? parseListening(await archive.recall(listeningCursor(name))) : null;
      return finding(`listening ${name}`, found, isHeld);
    }),
  );
}

function finding(name: string, found: Listening | null, isHeld: boolean): Finding {
  if (!isHeld) return warn(name, 'not connected: no worker runs', 'Start one: a process that only receives has none.');
  if (found === null) return warn(name, 'not connected yet', 'Look again in a minute; the log says what it tries.');
  const { standing, since } = found;
  if (standing.kind === 'connected') return ok(name, `connected since ${iso(since)}`);
  const detail = `not connected since ${iso(since)}: ${standing.reason}`;
  if (standing.kind === 'trying') return warn(name, detail, 'It is tried again by itself.');
  return fail(name, detail, 'It is tried every few minutes, and at once after a restart.');
}
