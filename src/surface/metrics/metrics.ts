import type { Telemetry } from '../../model/telemetry.ts';
import type { Collectors, MetricsDeps } from './collectors.ts';

export interface Metrics extends Telemetry {
  /** Loads what is needed to count (about 40 ms, once). Call it when the server listens, or leave it to the first `text`. */
  load(): Promise<void>;
  /** The Prometheus text format, version 0.0.4. Lane gauges are read from the archive now. */
  text(): Promise<{ readonly contentType: string; readonly body: string }>;
}

/**
 * Counts what the stages say. prom-client takes 35–50 ms to load, most of it for process metrics, so start-up does not
 * wait for it: what is counted before `load` is kept as calls (a handful in practice) and counted then.
 */
export function createMetrics(deps: MetricsDeps): Metrics {
  let early: ((collectors: Collectors) => void)[] | null = [];
  let collectors: Collectors | null = null;
  let loading: Promise<Collectors> | null = null;

  function ready(): Promise<Collectors> {
    loading ??= import('./collectors.ts').then(({ createCollectors }) => {
      const loaded = createCollectors(deps);
      for (const count of early ?? []) count(loaded);
      early = null;
      collectors = loaded;
      return loaded;
    });
    return loading;
  }

  function count(observe: (collectors: Collectors) => void): void {
    if (collectors === null) early?.push(observe);
    else observe(collectors);
    // A flood before anybody asked must not pile up calls.
    if (early?.length === 1_000) void ready();
  }

  return {
    received: (source, result) => count((c) => c.received.labels(source, result).inc()),
    verified: (source, secretNo) => count((c) => c.verified.labels(source, String(secretNo)).inc()),
    appended: (seconds) => count((c) => c.append.observe(seconds)),
    expanded: (state) => count((c) => c.expanded.labels(state).inc()),
    attempted(destination, outcome, seconds) {
      count((c) => {
        c.attempts.labels(destination, outcome).inc();
        c.attemptSeconds.labels(destination).observe(seconds);
      });
    },
    told(destination, seconds, times) {
      count((c) => {
        const histogram = c.told.labels(destination);
        for (let i = 0; i < times; i++) histogram.observe(seconds);
      });
    },
    uncertain: (destination, times) => count((c) => c.uncertain.labels(destination).inc(times)),
    load: async () => void (await ready()),
    text: async () => (await ready()).text(),
  };
}
