import type { Source, SourceRequest } from '../../src/model/source.ts';
import { Secret } from '../../src/shared/secret.ts';
import { schemesOf } from '../../tests/conformance/schemes.ts';
import { wrongBytes } from '../../tests/conformance/wrong-bytes.ts';
import { providersUnderTest } from '../../tests/golden/providers.ts';
import type { Measure, Scenario } from '../measure.ts';
import { median } from '../stats.ts';

/** Requests between two looks at the clock: one alone is shorter than what the clock tells. */
const AT_ONCE = 20;
const BATCHES = 300;

/** Of every scheme, how much longer a signature takes whose last letter is wrong than one whose first is: 1, whatever stands in it. */
export const signatures: Scenario = async ({ rounds }) => {
  const measures: Measure[] = [];
  for (const { name, provider, fixture } of await providersUnderTest()) {
    for (const scheme of schemesOf(fixture)) {
      const { title = '', secret, configured = secret, settings = {} } = scheme;
      const source = await provider.source({ name, secrets: [new Secret(configured)], settings });
      const { first, last } = wrongBytes(name, scheme);
      const [timeFirst, timeLast] = [timer(source, first), timer(source, last)];
      const times = { first: [] as number[], last: [] as number[] };
      for (let batch = -50; batch < BATCHES * rounds; batch++) {
        // In turn, and each as often before the other: what the machine does meanwhile meets both.
        const turns = [
          { time: timeFirst, kept: times.first },
          { time: timeLast, kept: times.last },
        ];
        for (const { time, kept } of batch % 2 === 0 ? turns : turns.toReversed()) {
          const took = await time();
          if (batch >= 0) kept.push(took);
        }
      }
      const value = median(times.last) / median(times.first);
      const unit = `× ${((median(times.first) / AT_ONCE) * 1000).toFixed(1)} µs`;
      measures.push({ name: `${name}${title}: wrong at its end ÷ at its start`, value, unit });
    }
  }
  return measures;
};

/** How long so many of these requests take, in ms. */
function timer(source: Source, request: SourceRequest): () => Promise<number> {
  return async () => {
    const began = performance.now();
    for (let n = 0; n < AT_ONCE; n++) await source.receive(request);
    return performance.now() - began;
  };
}
