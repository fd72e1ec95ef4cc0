import { kindOf } from '../../../model/kind.ts';
import { generic as anyEvent } from '../../../telling/generic.ts';
import type { Told } from '../../../telling/told.ts';
import type { LinearEvent } from './event.ts';

/** What has no words of its own, and what Linear invents after this program was written. */
export function generic({ type, action, data }: LinearEvent): Told {
  return { ...anyEvent({ name: kindOf(type, action), action, payload: data }), url: null };
}
