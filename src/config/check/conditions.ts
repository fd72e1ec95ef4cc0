import type { ConfigFile } from '../read/config-file.ts';
import { itemsOf } from './written.ts';

/** Reports `if:` that is no expression, at the very characters. CEL is loaded only where some rule has one: 45 ms. */
export async function checkConditions(file: ConfigFile): Promise<void> {
  const rules = itemsOf(file, 'rules').filter(({ item }) => typeof item['if'] === 'string');
  if (rules.length === 0) return;
  const { compileCondition } = await import('../../route/condition/condition.ts');
  for (const { item, path } of rules) {
    const text = String(item['if']);
    const condition = text.trim() === '' ? undefined : compileCondition(text);
    if (condition?.ok !== false) continue;
    const { message } = condition;
    file.reportWithin([...path, 'if'], condition, message.startsWith('must') ? `if ${message}` : message);
  }
}
