import type { Route } from './route.ts';
import { DRAIN_ROUTE } from './routes/drain.ts';
import { EVENT_ROUTES } from './routes/events.ts';
import { LANE_ROUTES } from './routes/lanes.ts';
import { PROBLEM_ROUTES } from './routes/problems.ts';
import { REPLAY_ROUTES } from './routes/replays.ts';
import { SETUP_ROUTES } from './routes/setup.ts';
import { SOURCE_ROUTES } from './routes/sources.ts';
import { TEST_ROUTE } from './routes/test-message.ts';
import type { V1Deps } from './v1-deps.ts';

/** Every row of /api/v1, in the order in which OpenAPI lists them. */
export const ROUTES: readonly Route<V1Deps>[] = [
  ...EVENT_ROUTES,
  ...LANE_ROUTES,
  DRAIN_ROUTE,
  TEST_ROUTE,
  ...REPLAY_ROUTES,
  ...PROBLEM_ROUTES,
  ...SETUP_ROUTES,
  ...SOURCE_ROUTES,
];
