import { localUrl, webhookPath } from '../../config/describe/place-words.ts';
import type { Setup } from '../../http/api/answers/setup.ts';
import { sampleSource } from './sample.ts';
import { destinationStep } from './setup/destination-step.ts';
import { receiveStep } from './setup/receive-step.ts';
import { rulesStep } from './setup/rules-step.ts';
import { look } from './setup/seen.ts';
import { sourceStep } from './setup/source-step.ts';
import type { SystemParts } from './system-parts.ts';

/** What is to be done before everybody hears of everything, each step ticked by what is really so. */
export async function setup(parts: SystemParts): Promise<Setup> {
  const { invocation } = parts.surroundings;
  const [sample, seen] = await Promise.all([sampleSource(parts), look(parts)]);
  const command = sample === null ? null : `${invocation} send ${sample.first}${addressFor(parts, sample.source.name)}`;
  return {
    steps: [
      receiveStep(parts, seen, command),
      await sourceStep(parts, seen),
      destinationStep(parts, seen),
      rulesStep(parts),
    ],
    sample: sample?.first ?? null,
    command,
  };
}

/** Another terminal does not know this one's PORT. */
function addressFor({ config }: Pick<SystemParts, 'config'>, source: string): string {
  const url = localUrl(config());
  return url.endsWith(':3000') || url.endsWith(':0') ? '' : ` --to ${url}${webhookPath(source)}`;
}
