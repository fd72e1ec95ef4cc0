import type { ImageBlock, KnownBlock } from '@slack/types';
import { onlyImage } from '../../text/markdown/only-image.ts';
import { imageUrl } from './escape.ts';

/** A picture that is all that was said. Slack's servers fetch it, so that only what is public can be seen. */
export function pictureBlock(excerpt: string | null): ImageBlock | null {
  const image = excerpt === null ? null : onlyImage(excerpt);
  const url = imageUrl(image?.url ?? null);
  if (image === null || url === null) return null;
  return { type: 'image', image_url: url, alt_text: image.text || 'image' };
}

/** The address of a message's picture; null: it has none. */
export function pictureIn(blocks: readonly KnownBlock[]): string | null {
  const block = blocks.find(({ type }) => type === 'image');
  return block !== undefined && 'image_url' in block ? block.image_url : null;
}
