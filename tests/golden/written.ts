import { renderCard } from '../../src/destinations/console/card.ts';
import { render } from '../../src/destinations/discord/render.ts';
import { renderActivity } from '../../src/destinations/slack/render.ts';
import { sample } from '../../src/sources/github/samples/sample.ts';
import { htmlOf } from '../../src/text/markdown/write-html.ts';
import { sentence } from '../../src/text/sentence.ts';
import { aNotification, content } from '../fixtures/activities.ts';
import { COMMENTS } from '../fixtures/comments.ts';
import { tell } from './tell.ts';

/** `destinations/written.txt`: what people write, as each of those who show it does. */
export function writtenFile(): string {
  return Object.entries(COMMENTS)
    .map(([name, body]) => `=== ${name}\n${shown(body)}`)
    .join('\n');
}

function shown(body: string): string {
  const made = sample('issue_comment.created', { n: 0, now: Date.UTC(2026, 0, 15, 9, 30) });
  if (made === undefined) throw new Error('no sample of a comment');
  const comment = made.payload['comment'] as Record<string, unknown>;
  const told = tell(made.type, { ...made.payload, comment: { ...comment, body } });
  if (told.kind !== 'activity') throw new Error(`a comment is not told: ${told.reason}`);
  const { activity } = told;
  const [section, picture] = renderActivity(content(activity)).blocks;
  const slack = section?.type === 'section' ? (section.text?.text ?? '').split('\n').slice(1) : [];
  const image = picture?.type === 'image' && 'image_url' in picture ? [`(image) ${picture.image_url}`] : [];
  const [embed] = render({ kind: 'single', notification: aNotification(activity, 1) }).body.embeds;
  const card = renderCard(content(activity), '', { color: false, width: 100 });
  return [
    ...lines('text', [sentence(activity)]),
    ...lines('slack', [...slack, ...image]),
    ...lines('discord', (embed?.description ?? '').split('\n')),
    ...lines(
      'card',
      Array.from(card.matchAll(/┃ “ (.*)/g), ([, line = '']) => line),
    ),
    ...lines('html', htmlOf(activity.said.excerpt ?? '').split('\n')),
    '',
  ].join('\n');
}

function lines(name: string, texts: readonly string[]): readonly string[] {
  return texts.map((text, index) => `${(index === 0 ? name : '').padEnd(9)}${text}`.trimEnd());
}
