import { isTrue, linkOrNull, list, type Payload, text, textOrNull, timeOrNull } from '../payload.ts';
import { counted, echoOf, excerpt, repositoryPage } from './common.ts';
import { notToldYet, skip, type Verdict } from './verdict.ts';

/**
 * One publication sends three events: `created`, `published`, and `released` or `prereleased`. `published` is the one
 * that comes for each of them, so it tells.
 */
const ECHOES = new Set(['created', 'released', 'prereleased']);

const HEADLINES: ReadonlyMap<string, string> = new Map([
  ['published', 'Release published'],
  ['unpublished', 'Release unpublished'],
  ['deleted', 'Release deleted'],
]);

export function release(payload: Payload): Verdict {
  const action = text(payload, 'action');
  if (ECHOES.has(action)) return skip(`release.${action}: the published event of the same release tells it`);
  const headline = HEADLINES.get(action);
  if (headline === undefined) return notToldYet('release', action);
  const isPrerelease = isTrue(payload, 'release.prerelease');
  const tag = text(payload, 'release.tag_name');
  const assets = list(payload, 'release.assets').length;
  return {
    kind: 'told',
    action,
    headline: isPrerelease ? headline.replace('Release', 'Pre-release') : headline,
    tone: action === 'published' ? 'good' : 'neutral',
    subject: {
      noun: isPrerelease ? 'pre-release' : 'release',
      handle: tag,
      title: textOrNull(payload, 'release.name') ?? tag,
      url: linkOrNull(payload, 'release.html_url') ?? repositoryPage(payload, `/releases/tag/${encodeURI(tag)}`),
    },
    excerpt: action === 'published' ? excerpt(textOrNull(payload, 'release.body')) : null,
    facts: [assets === 0 ? null : counted(assets, 'file')],
    isDraft: isTrue(payload, 'release.draft'),
    echo: echoOf(payload, 'release.id', action === 'published' ? 'release.published_at' : null),
    occurredAt: timeOrNull(payload, action === 'published' ? 'release.published_at' : 'release.updated_at'),
  };
}
