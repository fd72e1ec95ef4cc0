import type { ContextBlock, KnownBlock } from '@slack/types';
import { renderCard } from '../../src/destinations/console/card.ts';
import { renderActivity } from '../../src/destinations/slack/render.ts';
import type { Content } from '../../src/model/notification.ts';
import type { Source } from '../../src/model/source.ts';
import { content } from '../fixtures/activities.ts';
import { storedEvent } from './tell.ts';

const WIDTH = 100;

export interface GoldenPayload {
  /** As `receive` calls it, and with its action. */
  readonly type: string;
  readonly pair: string;
  /** Its whole name as the provider writes it, where a header alone says it. Without it: the type. */
  readonly sent?: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** One file for each event, `issues.txt`: what each of these payloads is told as, in Slack and on the terminal. */
export async function goldenFiles(
  source: Source,
  payloads: readonly GoldenPayload[],
): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const one of payloads) {
    const no = (counts.get(one.type) ?? 0) + 1;
    counts.set(one.type, no);
    const file = `${one.type.split('/', 1)[0]}.txt`;
    files.set(file, (files.get(file) ?? '') + (await entry(source, one, no)));
  }
  return files;
}

async function entry(source: Source, { type, pair, sent, payload }: GoldenPayload, no: number): Promise<string> {
  const told = await source.normalise(storedEvent(sent ?? type, payload));
  if (told.kind !== 'activity') return paragraph(`=== ${pair} · ${no}`, [field('skipped', told.reason)]);
  const { activity } = told;
  const minor = activity.isMinor ? ' · minor' : '';
  return paragraph(`=== ${activity.kind} · ${no}${minor}`, rendered(content(activity)));
}

function rendered(told: Content): readonly string[] {
  const { text, blocks } = renderActivity(told);
  const card = renderCard(told, '', { color: false, width: WIDTH });
  return [field('text', text), ...blocks.flatMap(block), field('console', card.trimEnd())];
}

function block(one: KnownBlock): readonly string[] {
  switch (one.type) {
    case 'section':
      return [field('section', one.text?.text ?? '')];
    case 'context':
      return ['context', ...one.elements.map(element)];
    default:
      throw new Error(`the golden files know no ${one.type} block`);
  }
}

function element(one: ContextBlock['elements'][number]): string {
  if (one.type !== 'image') return field('  text', one.text);
  return field('  image', `${'image_url' in one ? one.image_url : ''} ${one.alt_text}`);
}

function field(name: string, text: string): string {
  return `${name.padEnd(8)} ${text.replaceAll('\n', `\n${' '.repeat(9)}`)}`;
}

function paragraph(heading: string, lines: readonly string[]): string {
  return `${[heading, ...lines].join('\n')}\n\n`;
}
