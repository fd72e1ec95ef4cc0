import type { PageApp } from './page-env.ts';
import { addEvent } from './pages/event/event.ts';
import { addInbox } from './pages/inbox/inbox.ts';
import { addReplay } from './pages/replay/replay.ts';

/** Every page adds its paths. What stands in the header is in nav.ts. */
export const PAGES: readonly ((app: PageApp) => void)[] = [addInbox, addEvent, addReplay];
