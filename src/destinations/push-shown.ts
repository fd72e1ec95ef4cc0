import type { ShownMessage } from '../model/plugin/preview.ts';

/** A message as a phone shows it: plain text, and what a tap opens. */
export function pushShown(title: string, body: string, url: string | null): ShownMessage {
  const link = url === null ? [] : [{ kind: 'link', label: 'Open', url } as const];
  return {
    author: null,
    brief: title,
    color: null,
    blocks: [{ kind: 'text', runs: [{ text: title, bold: true }] }, { kind: 'text', runs: [{ text: body }] }, ...link],
  };
}
