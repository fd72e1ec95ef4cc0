// New: what a delivery says, in our own words. Four happenings out of GitHub's 275: the others are skipped, and say so.
// Pure: no clock, no network, no database. What goes in decides what comes out, so it is tested by calling it.

/** One happening, whoever sent it: what is posted needs to know nothing of GitHub's payloads. */
export interface Activity {
  readonly what: string;
  readonly who: string;
  readonly where: string;
  readonly title: string;
  readonly url: string;
}

export type Normalised =
  | { readonly kind: 'activity'; readonly activity: Activity }
  | { readonly kind: 'skipped'; readonly reason: string };

interface Item {
  readonly number: number;
  readonly title: string;
  readonly html_url: string;
  readonly merged?: boolean;
}

interface Payload {
  readonly action?: string;
  readonly repository: { readonly full_name: string; readonly html_url: string };
  readonly sender: { readonly login: string };
  readonly issue?: Item;
  readonly pull_request?: Item;
}

/** @throws TypeError when the body lacks what its type promises: the worker marks that event as failed */
export function normalise(type: string, body: Buffer): Normalised {
  const payload = JSON.parse(body.toString()) as Payload;
  switch (`${type}.${payload.action}`) {
    case 'issues.opened':
      return about('opened an issue', payload, payload.issue);
    case 'pull_request.opened':
      return about('opened a pull request', payload, payload.pull_request);
    case 'pull_request.closed':
      // GitHub has no "merged": it is a closed pull request that says so inside.
      if (payload.pull_request?.merged !== true) return skipped('the pull request was closed, not merged');
      return about('merged a pull request', payload, payload.pull_request);
    case 'star.created':
      return about('gave a star', payload, { number: 0, title: '', html_url: payload.repository.html_url });
    default:
      return skipped(`nobody wants ${payload.action === undefined ? type : `${type}.${payload.action}`}`);
  }
}

function about(what: string, { repository, sender }: Payload, item: Item | undefined): Normalised {
  if (item === undefined) throw new TypeError(`somebody ${what}, but the payload does not say which`);
  const title = item.number === 0 ? '' : `#${item.number} ${item.title}`;
  const activity = { what, who: sender.login, where: repository.full_name, title, url: item.html_url };
  return { kind: 'activity', activity };
}

const skipped = (reason: string): Normalised => ({ kind: 'skipped', reason });
