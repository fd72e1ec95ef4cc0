import { BUGS_OF_DECISIONS } from './bugs-of-decisions.ts';
import { BUGS_OF_LANES } from './bugs-of-lanes.ts';
import type { PlantedBug } from './planted-bug.ts';

/** What the simulator must find by itself. */
export const BUGS: readonly PlantedBug[] = [...BUGS_OF_LANES, ...BUGS_OF_DECISIONS];
