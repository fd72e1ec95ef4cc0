import { renderCard } from '../../src/destinations/console/card.ts';
import { render } from '../../src/destinations/discord/render.ts';
import { renderActivity } from '../../src/destinations/slack/render.ts';
import type { Activity } from '../../src/model/activity.ts';
import { content, single } from '../fixtures/activities.ts';
import { textsIn } from './harm.ts';

const CODE = /\bundefined\b|\bnull\b|\bNaN\b|\[object|\binvalid date\b/i;

/** What code leaves where words are missing: at Slack, at Discord, and on a terminal. */
export function nonsenseIn(activity: Activity): readonly string[] {
  const slack = renderActivity(content(activity));
  const texts = [
    slack.text,
    ...textsIn(slack.blocks),
    ...textsOf(render(single(activity)).body),
    renderCard(content(activity), '', { color: false, width: 100 }),
  ];
  return texts.filter((text) => CODE.test(text)).map((text) => `a trace of code: ${text}`);
}

function textsOf(node: unknown): readonly string[] {
  if (typeof node === 'string') return [node];
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(textsOf) : [];
}
