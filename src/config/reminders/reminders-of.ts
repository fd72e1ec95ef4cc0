import { PULL_REQUEST, type Reminder } from '../../model/reminder.ts';
import { scheduleOf } from '../describe/reminder-text.ts';
import { commonOf, filterOf, type Shared } from '../rule-of.ts';
import type { FileData } from '../schema/file-schema.ts';

/** What a rule of its filters would ask; what rules share are also its, where it says nothing: but not what they wait for, or when. */
export function remindersOf(
  reminders: FileData['reminders'] = {},
  everywhere: readonly string[],
  { repos = {} }: Shared,
): readonly Reminder[] {
  return Object.entries(reminders).map(([name, data]): Reminder => {
    const { ignore = ['drafts'], to, mention, thread } = data;
    const own = { repos: data.repos, ignore, to, mention, thread };
    return {
      name,
      schedule: scheduleOf(data),
      olderThanMs: data.older_than ?? 0,
      rule: {
        name: `reminder ${name}`,
        on: new Map([[PULL_REQUEST, filterOf({ types: undefined, ...data })]]),
        condition: null,
        template: null,
        stop: false,
        ...commonOf(own, everywhere, { repos }),
      },
    };
  });
}
