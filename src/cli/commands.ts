import type { Command } from 'commander';
import type { Context } from './context.ts';

/** A command's file: tells commander its description, arguments, options and examples, and what it does. */
export interface CommandFile {
  define(command: Command, context: Context): void | Promise<void>;
}

/** Every command by its name, in the order of the help. Each is one file, loaded for who types it, and for the help of all. */
export const COMMANDS: Readonly<Record<string, () => Promise<CommandFile>>> = {
  init: () => import('./commands/init.ts'),
  connect: () => import('./commands/connect.ts'),
  start: () => import('./commands/start.ts'),
  receive: () => import('./commands/receive.ts'),
  work: () => import('./commands/work.ts'),
  // A file named test.ts would be run as one.
  test: () => import('./commands/rule-tests.ts'),
  backtest: () => import('./commands/backtest.ts'),
  verify: () => import('./commands/verify.ts'),
  listen: () => import('./commands/listen.ts'),
  send: () => import('./commands/send.ts'),
  sources: () => import('./commands/sources.ts'),
  destinations: () => import('./commands/destinations.ts'),
  people: () => import('./commands/people.ts'),
  dashboard: () => import('./commands/dashboard.ts'),
  events: () => import('./commands/events.ts'),
  explain: () => import('./commands/explain.ts'),
  reminders: () => import('./commands/reminders.ts'),
  mute: () => import('./commands/mutes/mute.ts'),
  unmute: () => import('./commands/mutes/unmute.ts'),
  mutes: () => import('./commands/mutes/list.ts'),
  audit: () => import('./commands/audit.ts'),
  replay: () => import('./commands/replay.ts'),
  dismiss: () => import('./commands/lanes/dismiss.ts'),
  pause: () => import('./commands/lanes/pause.ts'),
  resume: () => import('./commands/lanes/resume.ts'),
  drain: () => import('./commands/lanes/drain.ts'),
  hold: () => import('./commands/hold.ts'),
  poll: () => import('./commands/poll.ts'),
  recover: () => import('./commands/recover.ts'),
  export: () => import('./commands/export.ts'),
  import: () => import('./commands/import.ts'),
  forget: () => import('./commands/forget.ts'),
  prune: () => import('./commands/prune.ts'),
  check: () => import('./commands/check.ts'),
  doctor: () => import('./commands/doctor.ts'),
  config: () => import('./commands/config.ts'),
  migrate: () => import('./commands/migrate.ts'),
};
