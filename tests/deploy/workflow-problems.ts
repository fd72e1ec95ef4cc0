import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

// The parser is made for bundlers: it imports JSON without saying so.
registerHooks({
  load(url, context, next) {
    if (!/\/@actions\/.*\.json$/.test(url)) return next(url, context);
    return { format: 'module', source: `export default ${readFileSync(new URL(url), 'utf8')}`, shortCircuit: true };
  },
});
const { NoOperationTraceWriter, parseWorkflow } = await import('@actions/workflow-parser');

/** What GitHub's own parser has against a workflow. */
export function workflowProblems(name: string, content: string): readonly string[] {
  const { context } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  return context.errors.getErrors().map(({ message }) => message);
}
