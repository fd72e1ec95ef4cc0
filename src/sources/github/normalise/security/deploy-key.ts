import { type Payload, read, text, timeOrNull } from '../../../../shared/payload.ts';
import { repositoryPage } from '../common.ts';
import type { FamilyOutput } from '../family.ts';
import { told, wordsFor, wordTable } from '../words.ts';

const WORDS = wordTable({
  created: ['Deploy key added', 'added a deploy key to {repo}'],
  'created writable': ['Writable deploy key added', 'added a deploy key that can push to {repo}', 'waiting'],
  deleted: ['Deploy key removed', 'removed a deploy key from {repo}'],
});

/** A key that can push is worth a look: whoever holds it writes to the repository, and no person is named in its commits. */
export function deployKey(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const isWritable = read(payload, 'key.read_only') === false;
  const sort = action === 'created' && isWritable ? 'created writable' : action;
  return {
    ...told(action, WORDS.get(sort) ?? wordsFor(action, WORDS, 'deploy key')),
    subject: {
      noun: 'deploy key',
      handle: null,
      title: text(payload, 'key.title'),
      url: repositoryPage(payload, '/settings/keys'),
    },
    facts: [action === 'deleted' && isWritable ? 'could push' : null],
    occurredAt: action === 'created' ? timeOrNull(payload, 'key.created_at') : null,
  };
}
