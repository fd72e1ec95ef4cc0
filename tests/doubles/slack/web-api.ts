import type { IncomingMessage, ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import type { App } from './app.ts';
import { argumentsOf } from './arguments.ts';
import { type Method, no, type Said } from './call.ts';
import { Limits } from './limits.ts';
import { breakOff, type Moment, type Plan, Plans } from './lost-answers.ts';
import { respond } from './response-url.ts';
import type { Workspace } from './workspace.ts';

/** A call that a method has answered, refusals included. */
export interface LoggedCall {
  readonly method: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly args: Readonly<Record<string, unknown>>;
  /** Null: it was done. */
  readonly error: string | null;
}

/** From a request to its answer. */
export class WebApi {
  readonly calls: string[] = [];
  readonly log: LoggedCall[] = [];
  readonly plans = new Plans();
  readonly limits = new Limits();
  readonly #workspace: Workspace;
  readonly #methods: Readonly<Record<string, Method>>;
  readonly #violation: (why: string) => void;
  readonly #isUnlimited: boolean;

  constructor(
    workspace: Workspace,
    methods: Readonly<Record<string, Method>>,
    violation: (why: string) => void,
    isUnlimited: boolean,
  ) {
    this.#workspace = workspace;
    this.#methods = methods;
    this.#violation = violation;
    this.#isUnlimited = isUnlimited;
  }

  async serve(incoming: IncomingMessage, response: ServerResponse, at: number): Promise<void> {
    const url = new URL(incoming.url ?? '/', 'http://slack');
    const name = url.pathname.startsWith('/actions/') ? 'response_url' : url.pathname.replace(/^\/api\//, '');
    const plan = this.plans.take(name);
    if (isCutAt(plan, 'unread')) return void response.destroy();
    const body = await readText(incoming);
    this.calls.push(name);
    if (isCutAt(plan, 'untaken')) return void response.destroy();
    if (plan?.kind === 'hold' && plan.when === 'before' && !(await plan.wait())) return void response.destroy();
    const { violation, ...said } = this.#answer(name, { incoming, url, body, at, plan });
    if (violation !== undefined) this.#violation(`${name}: ${violation}`);
    if (plan?.kind === 'cut') return breakOff(response, plan.moment, JSON.stringify(said));
    if (plan?.kind === 'hold' && plan.when === 'after' && !(await plan.wait())) return void response.destroy();
    send(response, said, this.#appOf(incoming));
  }

  /** As if the first app had called a method so often just now. */
  spend(name: string, count: number, at: number): void {
    const perMinute = this.#methods[name]?.perMinute;
    const [app] = this.#workspace.settings.apps;
    if (!perMinute || app === undefined) throw new Error(`${name} has no limit`);
    for (let i = 0; i < count; i++) this.limits.take(keyOf(app, name), perMinute, at);
  }

  #appOf({ headers }: IncomingMessage): App | undefined {
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    return this.#workspace.settings.apps.find((each) => token === each.token || token === each.appToken);
  }

  #answer(name: string, request: Request): Said {
    const { incoming, url, body, at, plan } = request;
    if (plan?.kind === 'fail') return { ok: false, ...plan.failure };
    if (name === 'response_url') {
      return respond(this.#workspace, url.pathname, body, at);
    }
    const method = this.#methods[name];
    if (!method) return no('unknown_method', { req_method: name });
    if (!incoming.headers.authorization?.startsWith('Bearer '))
      return { ...no('not_authed'), violation: 'no bearer token' };
    const app = this.#appOf(incoming);
    if (!app) return no('invalid_auth');
    const isAppLevel = incoming.headers.authorization.endsWith(app.appToken);
    if (isAppLevel !== (method.isAppLevel ?? false)) return no('not_allowed_token_type');
    const refused = this.#workspace.refused.get(app.id);
    if (refused) return no(refused);
    const read = argumentsOf(method, incoming, url, body);
    if (typeof read === 'string') return { ...no(read), violation: read };
    const { warning, args } = read;
    const limited = this.#isUnlimited ? null : this.#limit(name, method, app, at);
    const said = limited ?? method.run({ workspace: this.#workspace, app, args, at });
    this.log.push({ method: name, at, args, error: said.ok ? null : String(said['error']) });
    if (limited) return limited;
    if (said.retryAfter !== undefined) {
      this.limits.refuse(`${keyOf(app, name)} ${String(args['channel'])}`, {
        method: name,
        at,
        retryAfter: said.retryAfter,
      });
    }
    if (warning === null) return said;
    this.#violation(`${name}: ${warning}`);
    return { ...said, warning, response_metadata: { warnings: [warning] } };
  }

  /** Calls a minute. Who calls again before the pause is over makes a storm. */
  #limit(name: string, { perMinute }: Method, app: App, at: number): Said | null {
    const key = keyOf(app, name);
    const left = this.limits.pause(key, at);
    const retryAfter = left ?? (perMinute === null ? null : this.limits.take(key, perMinute, at));
    if (retryAfter === null) return null;
    this.limits.refuse(key, { method: name, at, retryAfter });
    const violation = left === null ? {} : { violation: `again ${left} s before the pause of a 429 was over` };
    return { ...no('ratelimited', { status: 429, retryAfter }), ...violation };
  }
}

interface Request {
  readonly incoming: IncomingMessage;
  readonly url: URL;
  readonly body: string;
  readonly at: number;
  readonly plan: Plan | undefined;
}

/** What is counted together: a method, for the whole app. */
function keyOf({ id }: App, method: string): string {
  return `${id} ${method}`;
}

function isCutAt(plan: Plan | undefined, moment: Moment): boolean {
  return plan?.kind === 'cut' && plan.moment === moment;
}

function send(response: ServerResponse, { status = 200, retryAfter, ...said }: Said, app: App | undefined): void {
  if (retryAfter !== undefined) response.setHeader('retry-after', String(retryAfter));
  if (app && (said.ok || said['error'] === 'missing_scope')) response.setHeader('x-oauth-scopes', app.scopes.join(','));
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(said));
}
