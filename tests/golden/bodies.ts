import { renderActivity } from '../../src/destinations/slack/render.ts';
import { sample } from '../../src/sources/github/samples/sample.ts';
import { content } from '../fixtures/activities.ts';
import { BODIES } from '../fixtures/bodies/all.ts';
import type { WrittenBody } from '../fixtures/bodies/written.ts';
import { tell } from './tell.ts';

const EVENTS = { pull_request: 'pull_request.opened', issue: 'issues.opened', release: 'release.published' } as const;

/** `bodies/renovate.txt` → what Slack shows of each body: every line below the first one. */
export function bodyFiles(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(BODIES).map(([file, bodies]) => [
      `bodies/${file}.txt`,
      Object.entries(bodies)
        .map(([name, written]) => `=== ${name}\n${shown(written).join('\n') || '(nothing)'}\n`)
        .join('\n'),
    ]),
  );
}

/** The lines of its excerpt, as Slack gets them. */
export function shown({ author, body, of = 'pull_request' }: WrittenBody): readonly string[] {
  const made = sample(EVENTS[of], { n: 0, now: Date.UTC(2026, 0, 15, 9, 30) });
  if (made === undefined) throw new Error(`no sample of ${EVENTS[of]}`);
  const subject = made.payload[of] as Record<string, unknown>;
  const told = tell(made.type, {
    ...made.payload,
    [of]: { ...subject, body, [of === 'release' ? 'author' : 'user']: { login: author } },
  });
  if (told.kind !== 'activity') throw new Error(`${EVENTS[of]} is not told: ${told.reason}`);
  const [section] = renderActivity(content(told.activity)).blocks;
  if (section?.type !== 'section') throw new Error('a message begins with a section');
  return (section.text?.text ?? '').split('\n').slice(1);
}
