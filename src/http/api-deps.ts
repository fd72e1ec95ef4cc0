import type { Headers } from '../model/headers.ts';
import type { Archive } from '../model/inbox/archive.ts';
import type { Audits } from '../model/inbox/audits.ts';
import type { Counts } from '../model/inbox/counts.ts';
import type { Lanes } from '../model/inbox/lanes.ts';
import type { Sessions } from '../model/inbox/sessions.ts';
import type { Cursors, Inbox } from '../model/inbox.ts';
import type { Logger } from '../shared/log.ts';
import type { Secret } from '../shared/secret.ts';
import type { RunningSystem } from './api/running-system.ts';
import type { DoorPage } from './door/page.ts';
import type { ReadyDeps } from './ready.ts';
import type { Visit } from './visit.ts';

/** What the API asks of the store, and does there. */
export type ApiStore = Archive &
  Audits &
  Counts &
  Cursors &
  Sessions &
  Pick<Lanes, 'hold' | 'resume'> &
  Pick<Inbox, 'onWake'>;

export interface ApiDeps extends Omit<ReadyDeps, 'laneWatch'> {
  readonly archive: ApiStore;
  /** Null: a program of somebody's own, which has no tidings.yaml. */
  readonly system: RunningSystem | null;
  /** Loaded by the first who opens a page. Null: there are no pages. */
  readonly dashboard: (() => Promise<DashboardApp>) | null;
  readonly metrics: { text(): Promise<{ readonly contentType: string; readonly body: string }> };
  /** Asked at each request, so that it may change. Null: no token opens anything. */
  readonly adminToken: () => Secret | null;
  /** The same for who only looks. Not there: there is none. */
  readonly viewerToken?: (() => Secret | null) | undefined;
  /** Not there: nobody can log in at a browser. */
  readonly sessions?: Sessions | undefined;
  /** The address that called the outermost proxy that is trusted. Not there: none is. */
  readonly callerOf?:
    | ((passed: { readonly from: string | undefined; readonly headers: Headers }) => string | undefined)
    | undefined;
  readonly version: string;
  /** Names of the configured sources, for the front page. */
  readonly sources: readonly string[];
  /** Where providers reach us, without a trailing slash; then everybody needs the token. Null: as the asker does. */
  readonly publicUrl: string | null;
  /** False: everybody needs the token, also at this machine. */
  readonly loopbackOpen: boolean;
  readonly log: Logger;
  /** Aborts when the server stops: whatever streams ends then. Undefined: it never does. */
  readonly closing?: AbortSignal | undefined;
}

/** The pages, as a Hono application is called. */
export interface DashboardApp {
  readonly fetch: (request: Request, env: PageAsked) => Response | Promise<Response>;
}

export interface PageAsked {
  readonly visit: Visit;
  /** Instead of the page that was asked for. */
  readonly door?: { readonly page: DoorPage; readonly status: 200 | 401 | 403 | 404 | 413 | 429 | 503 } | undefined;
}
