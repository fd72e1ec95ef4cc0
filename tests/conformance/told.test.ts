import { providersUnderTest } from '../golden/providers.ts';
import { toldConformance } from './told.ts';

for (const { name, provider, fixture } of await providersUnderTest()) toldConformance(name, provider, fixture);
