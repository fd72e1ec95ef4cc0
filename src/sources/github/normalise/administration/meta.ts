import { numberOrNull, type Payload, text, textOrNull } from '../../../../shared/payload.ts';
import type { FamilyOutput } from '../family.ts';
import { settingsPage } from '../places.ts';
import { told, wordsFor, wordTable } from '../words.ts';

const WORDS = wordTable({
  deleted: ['Webhook deleted', 'deleted the webhook of {repo}', 'bad'],
});

/** The very last event of the hook that brings it. Its address may hold a key, and is not repeated. */
export function meta(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const id = numberOrNull(payload, 'hook_id') ?? numberOrNull(payload, 'hook.id');
  return {
    ...told(action, wordsFor(action, WORDS, 'webhook')),
    subject: {
      noun: 'webhook',
      handle: null,
      title: 'No more events will come from it',
      url: settingsPage(payload, 'hooks'),
    },
    facts: [kindOf(payload), id === null ? null : `hook ${id}`],
  };
}

function kindOf(payload: Payload): string | null {
  const type = textOrNull(payload, 'hook.type');
  return type === null ? null : `${type.toLowerCase().slice(0, 40)} webhook`;
}
