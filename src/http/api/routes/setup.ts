import { z } from 'zod';
import { redactAll } from '../../../shared/secrets/redact.ts';
import { noteAct } from '../../acts/note-act.ts';
import { SampleSent, Setup } from '../answers/setup.ts';
import { failure, json, type Route, route } from '../route.ts';
import type { V1Deps } from '../v1-deps.ts';

const SampleWish = z.strictObject({ name: z.string().min(1).max(200).nullish() });

const NO_SYSTEM = failure(
  501,
  'not_here',
  'This Tidings was put together by a program of its own: what it is set to, that program says.',
);

export const SETUP_ROUTES: readonly Route<V1Deps>[] = [
  route({
    method: 'GET',
    path: '/setup',
    tag: 'Setup',
    summary: 'What is connected, and what to connect next',
    command: 'doctor',
    role: 'viewer',
    answer: Setup,
    failures: { not_here: 'a program of somebody’s own, which knows what it is set to' },
    async handle(_asked, { system }: V1Deps) {
      return system === null ? NO_SYSTEM : json(redactAll(await system.setup()));
    },
  }),
  route({
    method: 'POST',
    path: '/setup/sample',
    tag: 'Setup',
    summary: 'Send a signed sample through the front door',
    description: 'It is verified, stored and told as any. `event_id` is null where it was not taken, and `says` why.',
    command: 'send',
    role: 'admin',
    body: SampleWish,
    answer: SampleSent,
    failures: { not_here: 'a program of somebody’s own, which signs its samples itself' },
    async handle({ body: { name }, caller }, deps: V1Deps) {
      if (deps.system === null) return NO_SYSTEM;
      const sent = await deps.system.sendSample(name ?? null);
      const about = sent.event_id === null ? null : `event ${sent.event_id}`;
      await noteAct(deps, caller, { what: 'send sample', about, outcome: sent.says });
      return json(redactAll(sent));
    },
  }),
];
