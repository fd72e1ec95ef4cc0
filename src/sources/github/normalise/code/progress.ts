import { type Payload, read, textOrNull } from '../../../../shared/payload.ts';

/** Whether a run, a job or a check is over: smaller payloads say it by a status alone, or by how it ended. */
export function hasEnded(run: unknown): boolean {
  return textOrNull(run, 'status') === 'completed' || textOrNull(run, 'conclusion') !== null;
}

/** The action of what runs, by how far it is: `completed`; its status, where that is one of `actions`; else `first`. */
export function progressOf(path: string, first: string, actions: readonly string[] = []): (payload: Payload) => string {
  return (payload) => {
    const run = read(payload, path);
    const status = textOrNull(run, 'status') ?? '';
    return hasEnded(run) ? 'completed' : actions.includes(status) ? status : first;
  };
}
