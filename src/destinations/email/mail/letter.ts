import { saidIn } from '../../../model/carried.ts';
import type { Message } from '../../../model/destination.ts';
import type { Mention, Notification } from '../../../model/notification.ts';
import { describe } from '../../../text/describe.ts';
import { honestUrl } from '../../../text/honest-url.ts';
import { lineOf } from '../../../text/line.ts';
import { sign } from '../../../text/looks.ts';
import { cut, oneLine, plain } from '../../../text/plain.ts';
import { smallLine, textOfSmallLine } from '../../../text/small-line.ts';
import { lineRuns } from '../../../text/story/line-runs.ts';
import { homeOf } from '../../../text/subject.ts';
import { enumerated } from '../../../text/words.ts';
import { digestParts } from './digest.ts';
import type { Letter, Told } from './letter-parts.ts';

/** The most characters of a title, and of an address. */
const LIMITS = { title: 300, url: 1000 };

/** More names than this are counted. */
const CALLED = 10;

export function letterOf(message: Message): Letter {
  const notifications = saidIn(message);
  const said = message.kind === 'single' ? activityParts(message.notification) : digestParts(message.notifications);
  return {
    ...said,
    preview: oneLine(describe(message)),
    called: calledIn(notifications.flatMap(({ mentions }) => mentions)),
    maybeRepeated: message.maybeRepeated ?? false,
  };
}

function activityParts({ activity }: Notification): Told {
  const line = lineOf(activity);
  const { subject, said } = activity;
  return {
    tone: said.tone,
    heading: [{ text: `${sign(activity)} ` }, ...lineRuns(activity, line, LIMITS)],
    excerpt: plain(said.excerpt ?? ''),
    sections: [],
    small: textOfSmallLine(smallLine(activity, line)),
    url: honestUrl(subject?.url ?? null, LIMITS.url) ?? homeOf(activity),
  };
}

/** A mail rings for whoever gets it; everybody else is a name to read. */
function calledIn(mentions: readonly Mention[]): string {
  const names = [...new Set(mentions.map(({ name, audience }) => (audience ? 'everybody' : cut(oneLine(name), 60))))];
  return enumerated(names.filter(Boolean), CALLED) ?? '';
}
