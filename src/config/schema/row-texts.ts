import type { ChannelSchema } from '../../model/plugin/channel.ts';
import type { Schema } from '../../model/plugin/plugin.ts';
import type { Options } from '../parts/editors.ts';
import type { ProviderRow, Row, Rows } from '../rows/rows.ts';
import { OPTION_TEXTS } from './option-texts.ts';

// What those keys are that depend on which rows there are: as OPTION_TEXTS says of all others.

export function fileTexts({ channels, byDefault }: Rows): Options {
  const made = [...channels.values()].flatMap(({ title, variable }) => (variable === null ? [] : [title]));
  return {
    ...OPTION_TEXTS.file,
    sources: {
      ...OPTION_TEXTS.file.sources,
      without: `one named \`${byDefault.provider}\`, and one for each other provider whose secret is set in the environment`,
    },
    destinations: {
      ...OPTION_TEXTS.file.destinations,
      without: `${made.join(' and ')} where set in the environment, else the ${byDefault.channel}`,
    },
  };
}

export function sourceTexts(name: string, { schema, secret }: ProviderRow, { byDefault }: Rows): Options {
  return {
    provider: {
      without: `the source’s name where a provider is called so, else \`${byDefault.provider}\``,
      text: `\`${name}\`: ${schema.text}`,
    },
    secrets: { ...OPTION_TEXTS.source.secrets, without: withoutSecrets(secret) },
    template: OPTION_TEXTS.source.template,
    ...schema.keys,
  };
}

function withoutSecrets({ variable, from, instead }: ProviderRow['secret']): string {
  if (from === 'chosen') return `\`${variable}\`, else the generated one`;
  return `\`${variable}\`, which then must be set${instead ? `, unless \`${instead.key}\` is` : ''}`;
}

export function destinationTexts(name: string, { schema }: Row<Schema>): Options {
  return { type: { without: null, text: `\`${name}\`: ${schema.text}` }, ...schema.keys };
}

export function personTexts(rows: Rows): Options {
  return { ...idKeys(rows, 'person'), ...OPTION_TEXTS.person };
}

export function teamTexts(rows: Rows): Options {
  return { ...idKeys(rows, 'team'), ...OPTION_TEXTS.team };
}

/** Destination types that can call somebody by an id, each with that key. */
export function idKeys<Who extends 'person' | 'team'>(
  { channels }: Rows,
  who: Who,
): Readonly<Record<string, NonNullable<ChannelSchema[Who]>>> {
  return Object.fromEntries(
    [...channels].flatMap(([type, { schema }]) => (schema[who] === undefined ? [] : [[type, schema[who]]])),
  );
}
