import type { Activity, Tone } from '../../../model/activity.ts';
import { saidIn } from '../../../model/carried.ts';
import type { Message } from '../../../model/destination.ts';
import type { Mention } from '../../../model/notification.ts';
import { REPEAT_LINE } from '../../../text/as-repeat.ts';
import { describe } from '../../../text/describe.ts';
import { groupAlike } from '../../../text/groups.ts';
import { lineOf } from '../../../text/line.ts';
import { sign } from '../../../text/looks.ts';
import { isOnlyList } from '../../../text/markdown/only-list.ts';
import { writeMarkdown } from '../../../text/markdown/write.ts';
import { smallLine, textOfSmallLine } from '../../../text/small-line.ts';
import { enumerated } from '../../../text/words.ts';
import { writtenDigest } from './digest.ts';
import { writtenLine } from './line.ts';
import { asPlain, clip, label, type Markup } from './markup.ts';

/** These servers ignore blocks: https://docs.mattermost.com/integrations/cloud-message-attachments.html */
export interface FlavoredMessage {
  /** Whom it calls: in an attachment a name rings nobody. */
  readonly text?: string;
  readonly attachments: readonly [Attachment];
}

interface Attachment {
  /** For what shows no attachments, such as a phone's notification. */
  readonly fallback: string;
  readonly color: string;
  readonly text: string;
}

/** GitHub's own colours for open, merged and failed. */
const COLORS: Readonly<Record<Tone, string>> = {
  opened: '#1a7f37',
  good: '#1a7f37',
  bad: '#cf222e',
  waiting: '#bf8700',
  done: '#8250df',
  neutral: '#6e7781',
};

const TITLE = { title: 400, url: 1000 };
const EXCERPT = { shown: 300, length: 1200, lines: 8, quoted: true } as const;
const LIST = { ...EXCERPT, shown: 600, length: 2400 } as const;
const CALLED = 10;

/** One message, in at most 8,000 characters. */
export function render(message: Message, markup: Markup): FlavoredMessage {
  const notifications = saidIn(message);
  const called = calling(
    markup,
    notifications.flatMap(({ mentions }) => mentions),
  );
  const groups = groupAlike(notifications);
  const said =
    message.kind === 'single' ? oneActivity(markup, message.notification.activity) : writtenDigest(markup, groups);
  const within = [message.maybeRepeated ? REPEAT_LINE : '', said, markup.showsText ? '' : called];
  return {
    ...(markup.showsText && called && { text: called }),
    attachments: [
      {
        fallback: asPlain(describe(message)),
        color: COLORS[groups[0]?.tone ?? 'neutral'],
        text: within.filter(Boolean).join('\n'),
      },
    ],
  };
}

/** Who did what, an excerpt where it helps, and where. */
function oneActivity(markup: Markup, activity: Activity): string {
  const line = lineOf(activity);
  const { excerpt } = activity.said;
  const lines = [
    `${sign(activity)} ${writtenLine(markup, activity, line, TITLE)}`,
    excerpt ? writeMarkdown(excerpt, markup.dialect, isOnlyList(excerpt) ? LIST : EXCERPT) : '',
    clip(markup.dialect.words(textOfSmallLine(smallLine(activity, line))), 1500),
  ];
  // A blank line ends a quote.
  return lines.filter(Boolean).join('\n\n');
}

/** `→ @here, mona`: a rule's word for everybody calls; anybody else is a name to read. */
function calling(markup: Markup, mentions: readonly Mention[]): string {
  const names = mentions.map(({ name, audience }) =>
    audience === undefined ? label(markup, name, 60) : markup.everybody[audience],
  );
  const called = enumerated([...new Set(names.filter(Boolean))], CALLED);
  return called === null ? '' : `→ ${called}`;
}
