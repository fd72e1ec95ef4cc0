import type { Remark } from '../read/config-file.ts';
import type { WrittenRule } from './written.ts';

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
