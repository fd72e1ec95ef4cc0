import { createHash } from 'node:crypto';
import { type SamplePayload, type Scene, samplesBy } from '../../../model/plugin/samples.ts';
import { createFieldSetter } from '../../../shared/field-setter.ts';

/** Linear's objects, as JSON has them. */
type Json = Readonly<Record<string, unknown>>;

interface Made {
  readonly data: Json;
  readonly url?: string;
  readonly updatedFrom?: Json;
}

const PEOPLE = ['Mona Lisa', 'Lena Krüger', 'Hubert Park', 'Ada Okafor'];
const TITLES = ['Uploads fail on Safari', 'Retry failed deliveries', 'Dark mode flickers', 'Export takes minutes'];
const LABELS = ['Bug', 'Improvement', 'Feature'];
const WORKSPACE = 'https://linear.app/acme';
const TEAM = { id: uuid('team'), key: 'ENG', name: 'Engineering' };

const MAKERS: ReadonlyMap<string, (scene: Scene) => Made> = new Map<string, (scene: Scene) => Made>([
  ['Issue.create', (scene) => ({ data: issue(scene), url: issueUrl(scene) })],
  ['Issue.update', (scene) => ({ ...change(scene), url: issueUrl(scene) })],
  ['Issue.remove', (scene) => ({ data: { ...issue(scene), trashed: true, archivedAt: at(scene) } })],
  ['Comment.create', (scene) => ({ data: comment(scene), url: `${issueUrl(scene)}#comment-${uuid('c').slice(0, 8)}` })],
  ['Project.create', (scene) => ({ data: project(scene, 'Backlog', 'backlog'), url: projectUrl() })],
  [
    'Project.update',
    (scene) => ({
      data: project(scene, 'In Progress', 'started'),
      url: projectUrl(),
      updatedFrom: { updatedAt: at(scene, -60), statusId: uuid('status backlog') },
    }),
  ],
  [
    'ProjectUpdate.create',
    (scene) => ({ data: projectUpdate(scene), url: `${projectUrl()}#project-update-${uuid('u').slice(0, 8)}` }),
  ],
  ['IssueSLA.breached', (scene) => ({ data: issue(scene), url: issueUrl(scene) })],
  ['Document.create', (scene) => ({ data: { ...base(scene, 'document'), title: 'How we deploy' } })],
  ['Cycle.create', (scene) => ({ data: cycle(scene) })],
  ['Reaction.create', (scene) => ({ data: reaction(scene) })],
  ['Attachment.create', (scene) => ({ data: attachment(scene) })],
]);

export const SAMPLES = samplesBy(
  MAKERS.keys(),
  sample,
  createFieldSetter(() => [], 'data.title'),
);

/** As Linear would send it, of a workspace of one team. Undefined when there is no such sample. */
function sample(name: string, scene: Scene): SamplePayload | undefined {
  const made = MAKERS.get(name)?.(scene);
  if (made === undefined) return undefined;
  const [type = '', action = ''] = name.split('.');
  const { data, ...more } = made;
  const payload = {
    action,
    actor: { ...person(scene), type: 'user' },
    createdAt: at(scene),
    [type === 'IssueSLA' ? 'issueData' : 'data']: data,
    ...more,
    type,
    organizationId: uuid('organization'),
    webhookTimestamp: scene.now,
    webhookId: uuid('webhook'),
  };
  return { type, payload };
}

function issue(scene: Scene): Json {
  const { n } = scene;
  const label = LABELS[n % LABELS.length] ?? '';
  return {
    ...base(scene, 'issue'),
    number: 142 + n,
    title: titleOf(scene),
    priority: (n % 4) + 1,
    priorityLabel: ['Urgent', 'High', 'Medium', 'Low'][n % 4],
    sortOrder: -2036,
    teamId: TEAM.id,
    previousIdentifiers: [],
    creatorId: uuid('person 0'),
    stateId: uuid('state Todo'),
    labelIds: [uuid(`label ${label}`)],
    description: 'It works in every other browser. Seen **twice** today.',
    identifier: `ENG-${142 + n}`,
    url: issueUrl(scene),
    state: { id: uuid('state Todo'), color: '#e2e2e2', name: 'Todo', type: 'unstarted' },
    team: TEAM,
    labels: [{ id: uuid(`label ${label}`), color: '#eb5757', name: label }],
  };
}

/** In turn: moved, assigned, prioritised. */
function change(scene: Scene): Made {
  const updatedAt = at(scene, -60);
  const data = issue(scene);
  switch (scene.n % 3) {
    case 0: {
      const state = { id: uuid('state Done'), color: '#5e6ad2', name: 'Done', type: 'completed' };
      return {
        data: { ...data, stateId: state.id, state, completedAt: at(scene) },
        updatedFrom: { updatedAt, stateId: uuid('state Todo'), completedAt: null, sortOrder: 1 },
      };
    }
    case 1: {
      const assignee = person({ ...scene, n: scene.n + 1 });
      return { data: { ...data, assigneeId: assignee.id, assignee }, updatedFrom: { updatedAt, assigneeId: null } };
    }
    default:
      return { data, updatedFrom: { updatedAt, priority: 0, prioritySortOrder: 12 } };
  }
}

function comment(scene: Scene): Json {
  return {
    ...base(scene, 'comment'),
    body: 'I can reproduce it: the second chunk never leaves the browser.',
    issueId: uuid(`issue ${scene.n}`),
    userId: person(scene).id,
    reactionData: [],
    issue: {
      id: uuid(`issue ${scene.n}`),
      identifier: `ENG-${142 + scene.n}`,
      title: titleOf(scene),
      url: issueUrl(scene),
      teamId: TEAM.id,
      team: TEAM,
    },
    user: person(scene),
  };
}

function project(scene: Scene, name: string, type: string): Json {
  return {
    ...base(scene, 'project'),
    name: 'Faster uploads',
    description: 'Uploads shall survive a lost connection.',
    slugId: '3d89ec1c20d3',
    url: projectUrl(),
    leadId: person(scene).id,
    lead: person(scene),
    statusId: uuid(`status ${type}`),
    status: { id: uuid(`status ${type}`), name, type, color: '#bec2c8' },
    targetDate: at(scene, 30 * 86_400).slice(0, 10),
    teamIds: [TEAM.id],
    memberIds: [],
  };
}

function projectUpdate(scene: Scene): Json {
  return {
    ...base(scene, 'update'),
    body: 'Two of three parts are done; the last one waits for a **review**.',
    health: ['onTrack', 'atRisk', 'offTrack'][scene.n % 3],
    projectId: uuid('project'),
    project: { id: uuid('project'), name: 'Faster uploads', url: projectUrl() },
    userId: person(scene).id,
    user: person(scene),
  };
}

function cycle(scene: Scene): Json {
  return { ...base(scene, 'cycle'), number: 12 + scene.n, startsAt: at(scene), endsAt: at(scene, 14 * 86_400) };
}

function reaction(scene: Scene): Json {
  return {
    ...base(scene, 'reaction'),
    emoji: 'heart',
    userId: person(scene).id,
    user: person(scene),
    comment: { id: uuid('comment'), body: 'I can reproduce it.', userId: uuid('person 1') },
  };
}

function attachment(scene: Scene): Json {
  const { issue: of } = comment(scene) as { readonly issue: Json };
  return {
    ...base(scene, 'attachment'),
    title: 'Staging deploy',
    subtitle: 'Succeeded in 4 min 12 s',
    url: 'https://ci.example.com/runs/8121',
    metadata: {},
    sourceType: 'api',
    issueId: of['id'],
    issue: of,
  };
}

function base(scene: Scene, what: string): Json {
  return { id: uuid(`${what} ${scene.n} ${scene.now}`), createdAt: at(scene, -600), updatedAt: at(scene) };
}

function person({ n }: Scene): { readonly id: string } & Json {
  const no = n % PEOPLE.length;
  const name = PEOPLE[no] ?? '';
  const slug = (name.split(' ', 1)[0] ?? '').toLowerCase();
  return { id: uuid(`person ${no}`), name, email: `${slug}@example.com`, url: `${WORKSPACE}/profiles/${slug}` };
}

function titleOf({ n }: Scene): string {
  return TITLES[n % TITLES.length] ?? '';
}

function issueUrl(scene: Scene): string {
  return `${WORKSPACE}/issue/ENG-${142 + scene.n}/${titleOf(scene).toLowerCase().replaceAll(' ', '-')}`;
}

function projectUrl(): string {
  return `${WORKSPACE}/project/faster-uploads-3d89ec1c20d3`;
}

/** ISO 8601, `later` seconds after the scene. */
function at({ now }: Scene, later = 0): string {
  return new Date(now + later * 1000).toISOString();
}

function uuid(of: string): string {
  const hex = createHash('sha256').update(of).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
