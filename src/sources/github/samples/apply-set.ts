import { createFieldSetter } from '../../../shared/field-setter.ts';
import { fieldsOf } from './fields-of.ts';

/** Changes single fields of samples: GitHub's lists say which other fields there may be. */
export const {
  apply: applySet,
  assign,
  set: setPath,
  problem: setProblem,
} = createFieldSetter(fieldsOf, 'issue.title');
