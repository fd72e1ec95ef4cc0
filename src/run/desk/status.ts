import { brokenNews } from '../../http/broken-words.ts';
import { heldNews } from '../../http/held-words.ts';
import { untoldNews } from '../../http/untold-words.ts';
import type { Archive, LaneDepth } from '../../model/inbox/archive.ts';
import { EXPAND_LANE } from '../../model/inbox/lanes.ts';
import { redact } from '../../shared/secrets/redact.ts';
import { lasting, plural } from '../../shared/time-words.ts';

interface Asked {
  readonly archive: Pick<Archive, 'depths' | 'untold'>;
  readonly version: string;
  readonly invocation: string;
  /** ms since 1970 */
  readonly upSince: number;
  readonly now: number;
  /** The lane whose questions are not counted. */
  readonly answering?: string | undefined;
}

/** How Tidings is, for whoever asks from elsewhere: nothing of addresses, settings or what messages say. */
export async function statusLines(asked: Asked): Promise<readonly string[]> {
  const { archive, version, invocation, upSince, now, answering } = asked;
  const [depths, untold] = await Promise.all([archive.depths(), archive.untold()]);
  const troubles = [
    ...brokenNews(depths, invocation).map(({ lane, news, command }) => `${lane}: ${news}. Once mended: ${command}`),
    ...untoldNews(untold, invocation).map(({ news, command }) => `${news}. To send again: ${command}`),
  ];
  const paused = heldNews(depths, invocation).map(
    ({ lane, news, command }) => `${lane}: ${news}. To send again: ${command}`,
  );
  return [
    `Tidings ${version}, up for ${lasting(Math.max(0, now - upSince))}`,
    waitingWords(
      depths.filter(({ lane }) => lane !== answering),
      now,
    ),
    ...(troubles.length === 0 ? ['Everybody got everything, as far as is known'] : troubles),
    ...paused,
  ].map((line) => redact(line));
}

function waitingWords(depths: readonly LaneDepth[], now: number): string {
  const waiting = depths.filter(({ depth }) => depth > 0);
  if (waiting.length === 0) return 'Nothing waits';
  const events = waiting.filter(({ lane }) => lane === EXPAND_LANE).map(({ depth }) => plural(depth, 'event'));
  const lanes = waiting.filter(({ lane }) => lane !== EXPAND_LANE);
  const messages = lanes.reduce((sum, { depth }) => sum + depth, 0);
  const where = lanes.map(({ lane, depth }) => `${depth} to ${lane}`).join(', ');
  const what = [...events, ...(messages === 0 ? [] : [`${plural(messages, 'message')} (${where})`])].join(' and ');
  const oldest = Math.min(...waiting.map(({ oldestReceivedAt }) => oldestReceivedAt ?? now));
  return `Waiting: ${what}, the oldest for ${lasting(Math.max(0, now - oldest))}`;
}
