import type { Secret } from '../../../shared/secret.ts';
import type { SlackSettings } from '../settings.ts';
import type { Place } from './gate.ts';

interface Spot {
  readonly token: Secret;
  readonly place: Place;
  /** Who asks. */
  readonly member: string;
  /** `people` knows them: nobody else is told directly. */
  readonly isKnown: boolean;
}

/** The names of those that post there with the same token. A direct message has no name: it is whoever asks that reads it. */
export function postsIn(
  all: ReadonlyMap<string, SlackSettings>,
  { token, place, member, isKnown }: Spot,
): readonly string[] {
  const addresses = place.name === null ? [place.id, member] : [place.id, `#${place.name}`];
  return [...all].flatMap(([name, { token: own, channel, direct }]) => {
    if (own?.reveal() !== token.reveal()) return [];
    const isTold = direct === true && place.name === null && isKnown;
    const isThere = channel === undefined ? isTold : addresses.includes(channel);
    return isThere ? [name] : [];
  });
}
