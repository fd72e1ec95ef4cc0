import type { ShownBlock, ShownMessage } from '../../model/plugin/preview.ts';
import { type Rendered, render } from './render.ts';

const WORDS: Readonly<Record<Rendered['meaning'], string>> = {
  trigger: 'opens an alert',
  resolve: 'closes an alert',
  change: 'a change',
};

/** What the service at PagerDuty shows. */
export function shownAtPagerduty(...asked: Parameters<typeof render>): ShownMessage {
  const rendered = render(...asked);
  const { meaning, event } = rendered;
  const key = meaning === 'change' ? {} : { key: event.dedup_key };
  const head = { becomes: WORDS[meaning], ...key };
  if (meaning === 'resolve') return { author: null, brief: null, color: null, blocks: [fields(Object.entries(head))] };
  const { payload, links = [] } = event;
  const severity = meaning === 'trigger' ? { severity: event.payload.severity } : {};
  const details = Object.entries({ ...head, ...severity, source: payload.source, ...payload.custom_details });
  return {
    author: null,
    brief: payload.summary,
    color: null,
    blocks: [
      { kind: 'text', runs: [{ text: payload.summary, bold: true }] },
      fields(details),
      ...links.map(({ href, text }) => ({ kind: 'link', label: text, url: href }) as const),
    ],
  };
}

function fields(entries: readonly (readonly [string, string | number | readonly string[]])[]): ShownBlock {
  return {
    kind: 'fields',
    fields: entries.map(([name, value]) => ({ name, value: [{ text: [value].flat().join(', ') }] })),
  };
}
