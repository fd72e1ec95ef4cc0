/**
 * How long a test waits for what must come, ms. It is no measure of anything: only a test that fails waits so long. Long, so that
 * a machine busy with other work fails none.
 */
export const PATIENCE_MS = 90_000;
