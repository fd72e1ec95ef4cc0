import type { Remark } from '../read/config-file.ts';
import type { WrittenFile } from './written.ts';

/** `template:` that cannot be filled in, told at the very characters. CEL is loaded only where somebody has one: 45 ms. */
export async function remarksOnTemplates({
  rules,
  sources,
}: Pick<WrittenFile, 'rules' | 'sources'>): Promise<readonly Remark[]> {
  const templates = [...sources, ...rules].flatMap(({ template }) => template ?? []);
  if (templates.length === 0) return [];
  const { compileTemplate } = await import('../../route/template/template.ts');
  return templates.flatMap(({ text, place }): readonly Remark[] => {
    const compiled = text.trim() === '' ? undefined : compileTemplate(text);
    if (compiled?.ok !== false) return [];
    const { message, start, end } = compiled;
    return [
      { place, part: { start, end }, message: /^(?:is|has|may) /.test(message) ? `template ${message}` : message },
    ];
  });
}
