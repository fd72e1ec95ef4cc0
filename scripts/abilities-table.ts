import { existsSync } from 'node:fs';
import { CATALOG } from '../src/catalog.ts';
import type { Catalog } from '../src/model/plugin/catalog.ts';
import type { Abilities, ChannelSchema, Way } from '../src/model/plugin/channel.ts';

// What each destination can do, by its row and its keys.

export const ABILITIES = ['', 'follow-ups', 'cards', 'calls', 'digest over', 'knows a repetition by', 'pace'];

/** A line for each type, or each of its ways. */
export async function abilityRows(): Promise<readonly (readonly string[])[]> {
  const rows = await Promise.all(Object.entries(CATALOG.channels).map(([type, load]) => linesOf(type, load)));
  return rows.flat();
}

type Load = Catalog['channels'][string];

async function linesOf(type: string, load: Load): Promise<readonly (readonly string[])[]> {
  const { channel } = await load();
  const schema = await channel.schema();
  const only: Way = { title: channel.title, text: schema.text };
  return Object.values(channel.ways ?? { only }).map((way) => lineOf(schema, { page: type, ...channel.can, ...way }));
}

function lineOf(schema: ChannelSchema, way: Way & Abilities & { readonly page: string }): readonly string[] {
  const { title, text, page, thread, card, edit, digest, dedup } = way;
  return [
    `[${title}](${pageOf(page, 'destinations/')}): ${text}`,
    listed([thread, edit && 'edit']),
    listed([card]),
    listed(calledBy(schema, way)),
    digest === null ? NONE : String(digest),
    listed([dedup]),
    paceOf(schema, way),
  ];
}

const NONE = '–';

function listed(words: readonly (string | false | null)[]): string {
  return words.filter(Boolean).join(', ') || NONE;
}

function calledBy({ person, team }: ChannelSchema, { isNameless, everybody }: Way & Abilities) {
  const ids = isNameless ? [] : [person !== undefined && 'people', team !== undefined && 'groups'];
  return [...ids, everybody && 'everybody'];
}

function paceOf({ keys }: ChannelSchema, { paceMs }: Abilities): string {
  if (paceMs !== undefined) return paceMs <= 1_000 ? `${1_000 / paceMs} a second` : `${60_000 / paceMs} a minute`;
  const unit = (['second', 'minute'] as const).find((each) => `per_${each}` in keys);
  return unit === undefined ? NONE : `${keys[`per_${unit}`]?.without?.replaceAll('`', '')} a ${unit}`;
}

/** A page about a destination, from a folder of docs: '' or `destinations/`. Some are older than that folder. */
export function pageOf(name: string, from: '' | 'destinations/'): string {
  const isInside = existsSync(new URL(`../docs/destinations/${name}.md`, import.meta.url));
  if (from === '') return `${isInside ? 'destinations/' : ''}${name}.md`;
  return `${isInside ? '' : '../'}${name}.md`;
}
