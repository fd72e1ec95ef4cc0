/** Whether it is nothing but a list: commits, updates. Each of its lines says something of its own, so that more of it is shown. */
export function isOnlyList(markdown: string): boolean {
  return markdown.split('\n').every((line) => line.startsWith('- '));
}
