import { providersUnderTest } from '../golden/providers.ts';
import { sampleConformance } from './sample.ts';
import { sourceConformance } from './source.ts';

for (const { name, provider, fixture } of await providersUnderTest()) {
  sourceConformance(name, provider, fixture);
  sampleConformance(name, provider, fixture);
}
