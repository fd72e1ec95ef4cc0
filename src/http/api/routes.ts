import type { Route } from './route.ts';
import { DRAIN_ROUTE } from './routes/drain.ts';
import { ONE_EVENT_ROUTES } from './routes/event.ts';
import { EVENT_ROUTES } from './routes/events.ts';
import { LANE_ROUTES } from './routes/lanes.ts';
import { openApiRoute } from './routes/openapi.ts';
import { PROBLEM_ROUTES } from './routes/problems.ts';
import { REPLAY_ROUTES } from './routes/replays.ts';
import { RULE_ROUTES } from './routes/rules.ts';
import { SETUP_ROUTES } from './routes/setup.ts';
import { SOURCE_ROUTES } from './routes/sources.ts';
import { STATUS_ROUTES } from './routes/status.ts';
import { STREAM_ROUTES } from './routes/stream.ts';
import { TEST_ROUTE } from './routes/test-message.ts';
import type { V1Deps } from './v1-deps.ts';

/** Every row of /api/v1, in the order in which OpenAPI lists them. */
export const ROUTES: readonly Route<V1Deps>[] = [
  ...EVENT_ROUTES,
  ...STREAM_ROUTES,
  ...ONE_EVENT_ROUTES,
  ...STATUS_ROUTES,
  ...LANE_ROUTES,
  DRAIN_ROUTE,
  TEST_ROUTE,
  ...REPLAY_ROUTES,
  ...PROBLEM_ROUTES,
  ...RULE_ROUTES,
  ...SETUP_ROUTES,
  ...SOURCE_ROUTES,
  openApiRoute(() => ROUTES),
];
