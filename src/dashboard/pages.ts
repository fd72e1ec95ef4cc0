import type { PageApp } from './page-env.ts';
import { addAudit } from './pages/audit/audit.ts';
import { addDestinations } from './pages/destinations/destinations.ts';
import { addEvent } from './pages/event/event.ts';
import { addInbox } from './pages/inbox/inbox.ts';
import { addProblems } from './pages/problems/problems.ts';
import { addReplay } from './pages/replay/replay.ts';
import { addReplays } from './pages/replays/replays.ts';
import { addRules } from './pages/rules/rules.ts';
import { addSetup } from './pages/setup/setup.ts';

/** Every page adds its paths. What stands in the header is in nav.ts. */
export const PAGES: readonly ((app: PageApp) => void)[] = [
  addInbox,
  addEvent,
  addReplay,
  addReplays,
  addDestinations,
  addRules,
  addProblems,
  addSetup,
  addAudit,
];
