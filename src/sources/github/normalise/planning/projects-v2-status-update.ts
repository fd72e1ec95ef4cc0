import type { Subject, Tone } from '../../../../model/activity.ts';
import { type Payload, read, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { valueText } from '../changes.ts';
import { excerpt, firstLine } from '../common.ts';
import { type ActivityParts, type FamilyOutput, skip } from '../family.ts';
import { countedBy, told, type Words, wordsFor, wordTable } from '../words.ts';
import { projectPage } from './project-pages.ts';

/** How a project is doing, as the one who leads it says. */
const STATUS: ReadonlyMap<string, readonly [state: string, tone: Tone]> = new Map([
  ['ON_TRACK', ['on track', 'good']],
  ['AT_RISK', ['at risk', 'waiting']],
  ['OFF_TRACK', ['off track', 'bad']],
  ['COMPLETE', ['complete', 'done']],
  ['INACTIVE', ['inactive', 'neutral']],
]);

const WORDS = wordTable({
  created: ['Project status update', 'wrote a status update for a project'],
  edited: ['Status update edited', 'edited the status update of a project'],
  deleted: ['Status update deleted', 'deleted a status update of a project'],
});

const TITLE_LIMIT = 140;

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#projects_v2_status_update: it does not name its project. */
export function projectsV2StatusUpdate(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const status = read(payload, 'projects_v2_status_update.status');
  const before = read(payload, 'changes.status.from');
  const isOther = before !== undefined && before !== status;
  if (action === 'edited' && !isOther && !hasNewWordsOrDates(payload)) {
    return skip('projects_v2_status_update.edited: nothing changed');
  }
  const saying = action === 'created' || (action === 'edited' && isOther) ? sayingOf(status, action) : null;
  return {
    ...told(action, saying ?? wordsFor(action, WORDS, 'status update')),
    ...(action === 'deleted' ? { subject: aProject(payload, '') } : quoted(payload)),
    facts: [isOther ? wasOf(before) : null, action === 'deleted' ? null : due(payload)],
    sum: countedBy('project status update', action === 'created' ? '' : action),
    author: textOrNull(payload, 'projects_v2_status_update.creator.login'),
    occurredAt: timeOrNull(payload, `projects_v2_status_update.${action === 'created' ? 'created_at' : 'updated_at'}`),
  };
}

/** `says a project in acme is at risk` */
function sayingOf(status: unknown, action: string): Words | null {
  const [state, tone] = typeof status === 'string' ? (STATUS.get(status) ?? []) : [];
  if (state === undefined || tone === undefined) return null;
  const verb = action === 'created' ? 'says' : 'now says';
  return { headline: `Project ${state}`, did: `${verb} a project in {repo} is ${state}`, tone };
}

function wasOf(status: unknown): string | null {
  const [state] = typeof status === 'string' ? (STATUS.get(status) ?? []) : [];
  return state === undefined ? null : `was ${state}`;
}

/** Its first line says it where there is no name to say; the rest is quoted. A long one is quoted whole. */
function quoted(payload: Payload): Pick<ActivityParts, 'subject' | 'excerpt'> {
  const body = excerpt(textOrNull(payload, 'projects_v2_status_update.body'));
  if (body === null) return { subject: aProject(payload, '') };
  const line = firstLine(body);
  const title = line.slice(0, TITLE_LIMIT).replace(/[*_`#>]+/g, '');
  const rest = line.length > TITLE_LIMIT ? body : body.slice(line.length).trim();
  return { subject: aProject(payload, title.trim()), excerpt: rest === '' ? null : rest };
}

function aProject(payload: Payload, title: string): Subject {
  return { noun: 'project', handle: null, title, url: projectPage(payload, null) };
}

function due(payload: Payload): string | null {
  const day = textOrNull(payload, 'projects_v2_status_update.target_date');
  return day === null ? null : `due ${valueText(day)}`;
}

function hasNewWordsOrDates(payload: Payload): boolean {
  return ['body', 'start_date', 'target_date'].some((key) => {
    const from = read(payload, `changes.${key}.from`);
    return from !== undefined && from !== read(payload, `projects_v2_status_update.${key}`);
  });
}
