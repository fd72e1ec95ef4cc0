import type { Context, Hono } from 'hono';
import type { Visit } from '../http/visit.ts';

export interface PageEnv {
  Bindings: { readonly visit: Visit };
  /** `now`: ms since 1970, the same for a whole page. */
  Variables: { now: number };
}
export type PageApp = Hono<PageEnv>;
export type PageContext = Context<PageEnv>;
