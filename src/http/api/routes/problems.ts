import { redactAll } from '../../../shared/secrets/redact.ts';
import { noteAct } from '../../acts/note-act.ts';
import { dismissedWords } from '../../problems/of-causes.ts';
import { problemsOf } from '../../problems/problems.ts';
import { ofMessages } from '../../replays/selection.ts';
import { Changed } from '../answers/lanes.ts';
import { Dismissal, Problems } from '../answers/problems.ts';
import { failure, json, type Route, route } from '../route.ts';
import type { V1Deps } from '../v1-deps.ts';

export const PROBLEM_ROUTES: readonly Route<V1Deps>[] = [
  route({
    method: 'GET',
    path: '/problems',
    tag: 'Problems',
    summary: 'What went wrong: one problem a cause, with one thing to do about it, the worst first',
    description:
      'Providers are asked about their webhooks, for three seconds at most and not again within five minutes. What could not be asked stands under `unknown`.',
    command: 'doctor',
    role: 'viewer',
    answer: Problems,
    async handle(_asked, deps: V1Deps) {
      return json(redactAll(await problemsOf(deps)));
    },
  }),
  route({
    method: 'POST',
    path: '/problems/dismiss',
    tag: 'Problems',
    summary: 'Say of messages that nobody got: seen, and not to be sent',
    description: 'They stay in the record as they are. A replay by event id sends them all the same.',
    command: 'dismiss --state dead --to team',
    role: 'admin',
    body: Dismissal,
    answer: Changed,
    failures: { not_messages: 'only messages can be dismissed' },
    async handle({ body: { selection }, caller }, deps: V1Deps) {
      if (!('messages' in selection)) {
        return failure(
          422,
          'not_messages',
          'Only messages that were given up, or may not have arrived, can be dismissed.',
        );
      }
      const { count } = await deps.archive.dismiss(ofMessages(selection.messages), { dryRun: false });
      const says = dismissedWords(count);
      const { state, destination, cause } = selection.messages;
      const about = [
        state,
        ...(destination === undefined ? [] : [`to ${destination}`]),
        ...(cause === undefined ? [] : [cause]),
      ];
      if (count > 0) await noteAct(deps, caller, { what: 'dismiss', about: about.join(', '), outcome: says });
      return json({ changed: count > 0, says });
    },
  }),
];
