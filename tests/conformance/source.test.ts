import { providersUnderTest } from '../golden/providers.ts';
import { constantTime } from './constant-time.ts';
import { flippedBits } from './flipped-bits.ts';
import { hostileRequests } from './hostile-requests.ts';
import { sampleConformance } from './sample.ts';
import { sourceConformance } from './source.ts';

for (const { name, provider, fixture } of await providersUnderTest()) {
  sourceConformance(name, provider, fixture);
  flippedBits(name, provider, fixture);
  hostileRequests(name, provider, fixture);
  constantTime(name, provider, fixture);
  sampleConformance(name, provider, fixture);
}
