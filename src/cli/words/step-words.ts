import type { Colors } from '../../model/plugin/talk.ts';

/** A line of Markdown, of which only links, bold, emphasis and code are used, as a terminal shows it. */
export function stepWords(markdown: string, { bold, cyan }: Pick<Colors, 'bold' | 'cyan'>): string {
  // Links first: a colour begins with a bracket, too.
  return markdown
    .replaceAll(/\[([^\]]*)\]\(([^)]*)\)/g, (_, text: string, target: string) =>
      /^https?:/.test(target) && !target.includes(text) ? `${text} (${target})` : text,
    )
    .replaceAll(/`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*/g, (_, code?: string, strong?: string, words?: string) =>
      code === undefined ? (strong === undefined ? (words ?? '') : bold(strong)) : cyan(code),
    );
}
