import type { Secret } from '../../../shared/secret.ts';
import type { SlackSettings } from '../settings.ts';
import type { Place } from './gate.ts';

interface Spot {
  readonly token: Secret;
  readonly place: Place;
  /** Who asks. */
  readonly member: string;
}

/** The names of those that post there with the same token. A direct message has no name: it is whoever asks that reads it. */
export function postsIn(all: ReadonlyMap<string, SlackSettings>, { token, place, member }: Spot): readonly string[] {
  const addresses = place.name === null ? [place.id, member] : [place.id, `#${place.name}`];
  return [...all].flatMap(([name, { token: own, channel, direct }]) => {
    if (own?.reveal() !== token.reveal()) return [];
    const isThere = channel === undefined ? direct === true && place.name === null : addresses.includes(channel);
    return isThere ? [name] : [];
  });
}
