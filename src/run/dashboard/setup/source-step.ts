import type { SourceConfig } from '../../../config/config.ts';
import { isCalled, secretWords } from '../../../config/describe/place-words.ts';
import { addressOf } from '../../../config/describe/source-address.ts';
import type { Setup } from '../../../http/api/answers/setup.ts';
import type { Provider } from '../../../model/plugin/provider.ts';
import { ago } from '../../../shared/time-words.ts';
import { providerOf } from '../../sources.ts';
import type { SystemParts } from '../system-parts.ts';
import type { Seen } from './seen.ts';

type Step = Setup['steps'][number];

/** Of the first source from which nothing real came yet; else of the first. */
export async function sourceStep(
  parts: Pick<SystemParts, 'config' | 'clock' | 'surroundings'>,
  seen: Seen,
): Promise<Step> {
  const { sources } = parts.config();
  const source = sources.find(({ name }) => !seen.real.has(name)) ?? sources[0];
  if (source === undefined) throw new Error('there is always a source');
  const provider = await providerOf(source);
  const { page } = (await provider.setup?.()) ?? { page: null };
  return {
    id: 'source',
    title: provider.title,
    done: sources.every(({ name }) => seen.real.has(name)),
    says: saysOf(parts, source, provider, seen),
    commands: [
      {
        command: connectOf(parts, source, provider),
        says: `says what to set at ${provider.title}, and waits for its first webhook`,
      },
    ],
    fields: await fieldsOf(parts, source, provider),
    links: page === null ? [] : [{ title: provider.title, url: page }],
  };
}

function connectOf(
  { surroundings }: Pick<SystemParts, 'surroundings'>,
  { provider }: SourceConfig,
  row: Provider<unknown>,
): string {
  const argument = row.connect === undefined ? '' : ' owner/repo';
  return `${surroundings.invocation} connect ${provider}${argument}`;
}

function saysOf(
  { config, clock }: Pick<SystemParts, 'config' | 'clock'>,
  source: SourceConfig,
  { title, secret: form, calledAt }: Provider<unknown>,
  { real }: Seen,
): string {
  const last = real.get(source.name);
  if (last !== undefined) return `Event ${last.id} came from ${title} ${ago(last.receivedAt, clock.now())}.`;
  if (!isCalled(source)) return `Tidings listens to ${title}; nothing has come yet.`;
  if (source.secrets.length === 0) return `There is no secret yet: set ${form.variable}.`;
  const { from } = addressOf(config(), source, { ...(calledAt && { calledAt }) });
  if (from === 'here') return `${title} cannot reach this machine: set PUBLIC_URL, or start with --tunnel.`;
  return `Nothing came from ${title} yet: give its webhook this address and the secret.`;
}

async function fieldsOf(
  { config }: Pick<SystemParts, 'config'>,
  source: SourceConfig,
  provider: Provider<unknown>,
): Promise<Step['fields']> {
  if (!isCalled(source)) return [];
  const { contentTypes } = await provider.source(source);
  return [
    { name: 'Payload URL', value: addressOf(config(), source, provider).url, is_secret: false },
    ...contentTypes.slice(0, 1).map((value) => ({ name: 'Content type', value, is_secret: false })),
    { name: 'Secret', value: source.secrets.length === 0 ? 'none yet' : secretWords(source), is_secret: true },
  ];
}
