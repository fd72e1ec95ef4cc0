import type { Remark } from '../read/config-file.ts';
import type { WrittenFile, WrittenRule } from './written.ts';

/** `if:` that is no expression, told at the very characters. CEL is loaded only where some rule has one: 45 ms. */
export async function remarksOnConditions(rules: readonly WrittenRule[]): Promise<readonly Remark[]> {
  const conditions = rules.flatMap(({ given, if: texts }) => (typeof given['if'] === 'string' ? texts : []));
  if (conditions.length === 0) return [];
  const { compileCondition } = await import('../../route/condition/condition.ts');
  return conditions.flatMap(({ text, place }): readonly Remark[] => {
    const condition = text.trim() === '' ? undefined : compileCondition(text);
    if (condition?.ok !== false) return [];
    const { message, start, end } = condition;
    return [{ place, part: { start, end }, message: message.startsWith('must') ? `if ${message}` : message }];
  });
}

/** The same of a `template:`. */
export async function remarksOnTemplates({
  sources,
  rules,
}: Pick<WrittenFile, 'sources' | 'rules'>): Promise<readonly Remark[]> {
  const templates = [...sources, ...rules].flatMap(({ template }) => template ?? []);
  if (templates.length === 0) return [];
  const { compileTemplate } = await import('../../route/template/template.ts');
  return templates.flatMap(({ text, place }): readonly Remark[] => {
    const template = text.trim() === '' ? undefined : compileTemplate(text);
    if (template?.ok !== false) return [];
    const { message, start, end } = template;
    return [
      { place, part: { start, end }, message: /^(?:is|has|may) /.test(message) ? `template ${message}` : message },
    ];
  });
}
