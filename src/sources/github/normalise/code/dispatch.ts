import { isObject, type Payload, read, textOrNull } from '../../../../shared/payload.ts';
import { enumerated } from '../../../../text/words.ts';
import { repositoryPage } from '../common.ts';
import type { FamilyOutput } from '../family.ts';
import { segment } from '../places.ts';
import { told } from '../words.ts';
import { refOf } from './ref.ts';
import { dispatchedWorkflowNames } from './run-place.ts';

/** Somebody pressed the button. Of the inputs only the names are told: a value may be a secret. */
export function workflowDispatch(payload: Payload): FamilyOutput {
  const file = textOrNull(payload, 'workflow')?.split('/').at(-1) ?? '';
  const ref = textOrNull(payload, 'ref');
  const { noun, name } = refOf(ref ?? '');
  const inputs = read(payload, 'inputs');
  const names = isObject(inputs) ? enumerated(Object.keys(inputs)) : null;
  return {
    ...told(null, { headline: 'Workflow started by hand', did: 'started {it} by hand', tone: 'neutral' }),
    subject: {
      noun: 'workflow',
      handle: file || null,
      title: file,
      url: repositoryPage(payload, `/actions/workflows/${segment(file)}`),
    },
    facts: [name === '' ? null : name, names === null ? null : `with ${names}`],
    sum: { noun: 'workflow', part: 'started by hand', alone: null },
    branch: noun === 'branch' && name !== '' ? name : null,
    tag: noun === 'tag' ? name : null,
    workflow: dispatchedWorkflowNames(payload),
  };
}

/** A program outside told the repository something, in words of its own: the action is any text. */
export function repositoryDispatch(payload: Payload): FamilyOutput {
  const action = textOrNull(payload, 'action');
  return {
    ...told(action, { headline: 'Custom event sent', did: 'sent a custom event to {repo}', tone: 'neutral' }),
    subject: {
      noun: 'event',
      handle: null,
      title: action ?? 'without a name',
      url: repositoryPage(payload, '/actions'),
    },
    facts: [textOrNull(payload, 'branch')],
    sum: { noun: 'custom event', part: null, alone: null },
    branch: textOrNull(payload, 'branch'),
  };
}
