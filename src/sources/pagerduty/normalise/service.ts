import { textOrNull } from '../../../shared/payload.ts';
import { page } from '../../../telling/page.ts';
import { firstText } from '../../../telling/parts.ts';
import { type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import type { PagerdutyEvent } from '../envelope.ts';

const SERVICE: WordTable = {
  created: ['Service created', 'opened', 'created {it}'],
  updated: ['Service changed', 'neutral', 'changed {it}'],
  deleted: ['Service deleted', 'neutral', 'deleted {it}'],
};

export function service({ data, action }: PagerdutyEvent): Told | null {
  const words = wordsOf(SERVICE, action);
  const title = firstText(data, ['summary', 'name']) ?? '';
  return words && { ...words, noun: 'service', title, url: page(textOrNull(data, 'html_url')) };
}

/** Somebody pressed "Send test event". */
export function ping({ data, action }: PagerdutyEvent): Told | null {
  if (action !== 'ping') return null;
  const title = firstText(data, ['message']) ?? '';
  return { headline: 'Test event', noun: 'test event', title, facets: { isTest: true } };
}
