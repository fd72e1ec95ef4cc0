import type { Archive } from '../model/inbox/archive.ts';
import type { Audits } from '../model/inbox/audits.ts';
import type { Counts } from '../model/inbox/counts.ts';
import type { Lanes } from '../model/inbox/lanes.ts';
import type { Sessions } from '../model/inbox/sessions.ts';
import type { Cursors, Inbox } from '../model/inbox.ts';
import type { Logger } from '../shared/log.ts';
import type { Secret } from '../shared/secret.ts';
import type { RunningSystem } from './api/running-system.ts';
import type { ReadyDeps } from './ready.ts';
import type { Visit } from './visit.ts';

/** What the API asks of the store, and does there. */
export type ApiStore = Archive & Audits & Counts & Cursors & Sessions & Pick<Lanes, 'resume'> & Pick<Inbox, 'onWake'>;

export interface ApiDeps extends Omit<ReadyDeps, 'laneWatch'> {
  readonly archive: ApiStore;
  /** Null: a program of somebody's own, which has no tidings.yaml. */
  readonly system: RunningSystem | null;
  /** Loaded by the first who opens a page. Null: there are no pages. */
  readonly dashboard: (() => Promise<DashboardApp>) | null;
  readonly metrics: { text(): Promise<{ readonly contentType: string; readonly body: string }> };
  /** Asked at each request, so that it may change. Null: no token opens anything. */
  readonly adminToken: () => Secret | null;
  readonly version: string;
  /** Names of the configured sources, for the front page. */
  readonly sources: readonly string[];
  /** Where providers reach us, without a trailing slash; then everybody needs the token. Null: as the asker does. */
  readonly publicUrl: string | null;
  /** False: everybody needs the token, also at this machine. */
  readonly loopbackOpen: boolean;
  readonly log: Logger;
}

/** The pages, as a Hono application is called. */
export interface DashboardApp {
  readonly fetch: (request: Request, env: { readonly visit: Visit }) => Response | Promise<Response>;
}
