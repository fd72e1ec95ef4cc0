import type { ImageBlock, KnownBlock } from '@slack/types';
import type { Activity } from '../../model/activity.ts';
import { pictureOf } from '../../text/picture.ts';
import { imageUrl } from './escape.ts';

/** A picture that is all that was said. Slack's servers fetch it, so that only what is public can be seen. */
export function pictureBlock(activity: Activity): ImageBlock | null {
  const image = pictureOf(activity);
  const url = imageUrl(image?.url ?? null);
  if (image === null || url === null) return null;
  return { type: 'image', image_url: url, alt_text: image.text || 'image' };
}

/** The address of a message's picture; null: it has none. */
export function pictureIn(blocks: readonly KnownBlock[]): string | null {
  const block = blocks.find(({ type }) => type === 'image');
  return block !== undefined && 'image_url' in block ? block.image_url : null;
}
