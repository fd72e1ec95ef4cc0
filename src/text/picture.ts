import type { Activity } from '../model/activity.ts';
import { hostOf } from './honest-url.ts';
import { onlyImage } from './markdown/only-image.ts';
import type { Image } from './markdown/piece.ts';
import { homeOf } from './subject.ts';

/**
 * The picture of an excerpt that is nothing but one, where it lies with its provider, as all do that people paste there. What
 * lies elsewhere stays a link: whoever may write an issue could show a channel what they change later, and count who looks.
 */
export function pictureOf(activity: Activity): Image | null {
  const image = onlyImage(activity.said.excerpt ?? '');
  const home = homeOf(activity);
  return image !== null && home !== null && isAt(hostOf(home), hostOf(image.url)) ? image : null;
}

/** A provider keeps what people paste at its own host, or at a domain that holds nothing else: `user-images.acmeusercontent.com`. */
function isAt(home: string, host: string): boolean {
  const [name, ...rest] = home.split('.');
  return host === home || (rest.join('.') === 'com' && host.endsWith(`.${name}usercontent.com`));
}
