import { isObject, read, textOrNull } from '../../../shared/payload.ts';
import { idAt } from '../../../telling/parts.ts';
import type { Told, WordTable } from '../../../telling/told.ts';
import { inGeneralWords } from './everybody-else.ts';
import type { Sender, SentEvent } from './sender.ts';
import { byId, entry } from './words.ts';

const UNDER_WAY = 'it is news when it ends, or waits for somebody';
const DETAILS = 'details change many times';

const MADE = (what: string): WordTable => ({
  created: [`${what} created`],
  updated: [`${what} updated`],
  archived: [`${what} archived`],
  deleted: [`${what} deleted`],
});

const SESSION: WordTable = {
  ...MADE('Session'),
  pending: ['Session pending'],
  running: ['Session running'],
  idled: ['Session idle', 'waiting'],
  requires_action: ['Session needs action', 'waiting'],
  status_run_started: ['Session running'],
  status_idled: ['Session idle', 'waiting'],
  status_rescheduled: ['Session rescheduled'],
  status_terminated: ['Session terminated', 'bad'],
  thread_created: ['Session thread started'],
  thread_idled: ['Session thread idle', 'waiting'],
  thread_terminated: ['Session thread terminated', 'bad'],
  outcome_evaluation_ended: ['Session outcome evaluated'],
};

/** Type → noun, and what became of it. */
const KINDS: ReadonlyMap<string, readonly [noun: string, words: WordTable]> = new Map<
  string,
  readonly [string, WordTable]
>([
  ['session', ['session', SESSION]],
  ['agent', ['agent', MADE('Agent')]],
  ['environment', ['environment', MADE('Environment')]],
  ['memory_store', ['memory store', MADE('Memory store')]],
  ['vault', ['vault', MADE('Vault')]],
  ['vault_credential', ['credential', { ...MADE('Credential'), refresh_failed: ['Credential refresh failed', 'bad'] }]],
  [
    'deployment',
    [
      'deployment',
      { ...MADE('Deployment'), paused: ['Deployment paused', 'waiting'], unpaused: ['Deployment resumed'] },
    ],
  ],
  [
    'deployment_run',
    ['run', { started: ['Run started'], succeeded: ['Run succeeded', 'good'], failed: ['Run failed', 'bad'] }],
  ],
]);

/** https://platform.claude.com/docs: the outer `type` is always `event`, and there are ids alone. */
export const ANTHROPIC: Sender = {
  title: 'Anthropic',
  url: 'https://platform.claude.com',
  names: ['data.type', 'type'],
  id: 'id',
  times: ['created_at'],
  events: {
    agent: entry('created archived deleted', { [DETAILS]: 'updated' }),
    deployment: entry('created archived deleted paused unpaused', { [DETAILS]: 'updated' }),
    deployment_run: entry('failed succeeded', { [UNDER_WAY]: 'started' }),
    environment: entry('created archived deleted', { [DETAILS]: 'updated' }),
    memory_store: entry('created archived deleted'),
    session: entry('idled requires_action status_idled status_terminated deleted archived outcome_evaluation_ended', {
      [UNDER_WAY]:
        'created pending running status_run_started status_rescheduled thread_created thread_idled thread_terminated',
      [DETAILS]: 'updated',
    }),
    vault: entry('created archived deleted'),
    vault_credential: entry('created archived deleted refresh_failed'),
  },
  isIts: (payload) =>
    payload['type'] === 'event' && isObject(payload['data']) && typeof read(payload, 'data.type') === 'string',
  tell,
};

function tell(event: SentEvent): Told {
  const [noun, words] = KINDS.get(event.type) ?? [];
  if (noun === undefined || words === undefined) return inGeneralWords(event);
  const told = byId(event, noun, words);
  const failure = textOrNull(event.data, 'error.message') ?? textOrNull(event.data, 'error.type');
  const thread = idAt(event.data, 'session_thread_id');
  return { ...told, facts: [failure, thread === null ? null : `thread ${thread}`] };
}
