/** What can be signed beside the body, each as it was sent. */
export const PLACEHOLDERS = ['body', 'timestamp', 'id', 'url', 'method'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

export type TemplatePart = { readonly text: string } | { readonly placeholder: Placeholder };

/** `{timestamp}.{body}` in parts. What stands in braces and is no placeholder stays text; `unknownIn` finds it. */
export function templateParts(template: string): readonly TemplatePart[] {
  return template
    .split(/(\{\w+\})/)
    .filter((text) => text !== '')
    .map((text) => {
      const placeholder = PLACEHOLDERS.find((name) => text === `{${name}}`);
      return placeholder === undefined ? { text } : { placeholder };
    });
}

export function signs(template: string, placeholder: Placeholder): boolean {
  return template.includes(`{${placeholder}}`);
}

/** The first that nobody fills in: `{path}`. */
export function unknownIn(template: string): string | undefined {
  return template.match(/\{[^{}]*\}/g)?.find((text) => !PLACEHOLDERS.some((name) => text === `{${name}}`));
}
