import { OWN_SOURCE, type Reminder } from '../../model/reminder.ts';
import { ANY, type Directory, type Route, type Rule } from '../../model/rule.ts';
import { createRoute } from '../route.ts';
import { REMINDER } from './said.ts';

/** Who is told of what Tidings says by itself: by its reminders, whatever rules say of all events. */
export function withReminders(route: Route, reminders: readonly Reminder[], directory: Directory): Route {
  const own = createRoute(reminders.map(tellingRule), directory);
  return (asked, now) => (asked.activity.source === OWN_SOURCE ? own : route)(asked, now);
}

function tellingRule({ name, rule }: Reminder): Rule {
  return {
    ...rule,
    on: new Map([[`${REMINDER}.${name}`, ANY]]),
    sources: null,
    repos: null,
    ignore: [],
    condition: null,
    settleMs: 0,
    quiet: null,
    from: {},
  };
}
