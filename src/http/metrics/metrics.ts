import type { Telemetry } from '../../model/telemetry.ts';
import type { Collectors, MetricsDeps } from './collectors.ts';

export interface Metrics extends Telemetry {
  /** The Prometheus text format, version 0.0.4. Lane gauges are read from the archive now. */
  text(): Promise<{ readonly contentType: string; readonly body: string }>;
}

/** After the first that is counted: its sender has its answer by then. */
const LOAD_AFTER_MS = 1_000;

/** A flood must not pile up calls. */
const MOST_EARLY = 1_000;

/**
 * Counts what the stages say. prom-client takes 35–50 ms and 2.5 MB to load, most of it for process metrics, so neither start-up nor
 * the first sender waits for it, and what has nothing to count does without: what is counted before is kept as calls (a
 * handful in practice) and counted then.
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
    if (early?.length === 1) deps.clock.after(LOAD_AFTER_MS, () => void ready());
    if (early?.length === MOST_EARLY) void ready();
  }

  return {
    received: (source, result) => count((c) => c.received.labels(source, result).inc()),
    verified: (source, secretNo) => count((c) => c.verified.labels(source, String(secretNo)).inc()),
    appended: (seconds) => count((c) => c.append.observe(seconds)),
    listening(source, isConnected) {
      count(({ listening }) => {
        if (isConnected === null) listening.remove(source);
        else listening.labels(source).set(Number(isConnected));
      });
    },
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
    showedCard: (destination, result) => count((c) => c.cards.labels(destination, result).inc()),
    settled: (destination, result, times) => count((c) => c.settled.labels(destination, result).inc(times)),
    pruned: (kind, times) => count((c) => c.pruned.labels(kind).inc(times)),
    text: async () => (await ready()).text(),
  };
}
