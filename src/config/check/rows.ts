import type { Schema } from '../../model/plugin/plugin.ts';
import type { Remark } from '../read/config-file.ts';
import { commaSeparated } from '../read/variables.ts';
import type { Row, Rows } from '../rows/rows.ts';
import type { Mapping, Named, WrittenFile, WrittenSource } from './written.ts';

/** A variable that holds commas alone is no secret. */
export function remarksOnSecrets(sources: readonly WrittenSource[]): readonly Remark[] {
  return sources
    .flatMap(({ secrets }) => secrets)
    .filter(({ text, variable }) => variable !== undefined && commaSeparated(text).length === 0)
    .map(({ place, variable }) => ({ place, message: `the environment variable ${variable} holds no secret.` }));
}

/** What a row says of its sources and destinations, and destinations that are reached in the same way as another. */
export async function remarksOnRows(
  { sources, destinations }: WrittenFile,
  { providers, channels, byDefault }: Rows,
): Promise<readonly Remark[]> {
  const owners = new Map<string, string>();
  const remarks = [
    ...sources.map(async ({ name, given }) => {
      const row = providers.get(textOr(given['provider'], byDefault.provider));
      return row === undefined ? [] : ownRemarks(['sources', name], given, row);
    }),
    ...destinations.map(async (destination) => {
      const { name, given } = destination;
      const row = channels.get(textOr(given['type'], ''));
      if (row === undefined) return [];
      const shared = sameAddress(destination, row, owners);
      return [...(await ownRemarks(['destinations', name], given, row)), ...shared];
    }),
  ];
  return (await Promise.all(remarks)).flat();
}

/** What is no text is the schema's to tell. */
function textOr(value: unknown, other: string): string {
  return typeof value === 'string' ? value : other;
}

async function ownRemarks(
  place: readonly string[],
  given: Mapping,
  { schema }: Row<Schema>,
): Promise<readonly Remark[]> {
  const remarks: Remark[] = [];
  await schema.check?.(given, (key, message, part = 'value') =>
    remarks.push({ place: [...place, ...[key].flat()], message, part }),
  );
  return remarks;
}

/** Each destination keeps to the pace of its address for itself: two on one address would break it. */
function sameAddress(
  { name, given }: Named,
  { title, schema }: Row<Schema>,
  owners: Map<string, string>,
): readonly Remark[] {
  const found = schema.addressOf?.(given) ?? null;
  if (found === null) return [];
  const address = `${title} ${found.address}`;
  const owner = owners.get(address);
  if (owner === undefined) {
    owners.set(address, name);
    return [];
  }
  const message = `${name} and ${owner} post to the same ${found.what}: together they would go faster than ${title} allows. Keep one and name it in both rules.`;
  return [{ place: ['destinations', name, found.key], message }];
}
