import { linkOrNull, list, type Payload, textOrNull } from '../../../../shared/payload.ts';
import { counted, enumerated } from '../../../../text/words.ts';
import { excerpt, repositoryPage } from '../common.ts';
import type { FamilyOutput } from '../family.ts';
import { told } from '../words.ts';

const PAGES_NAMED = 5;
const CHANGES = { noun: 'wiki change', part: null, alone: null };

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#gollum, the name of GitHub's wiki: pages, by name. */
export function gollum(payload: Payload): FamilyOutput {
  const pages = list(payload, 'pages');
  return pages.length === 1 ? onePage(payload, pages[0]) : severalPages(payload, pages);
}

function onePage(payload: Payload, page: unknown): FamilyOutput {
  const verb = verbOf(page);
  return {
    ...told(null, {
      headline: `Wiki page ${verb}`,
      did: `${verb} {it}`,
      tone: verb === 'created' ? 'opened' : 'neutral',
    }),
    subject: {
      noun: 'wiki page',
      handle: titleOf(page),
      title: titleOf(page) ?? '',
      url: linkOrNull(page, 'html_url') ?? repositoryPage(payload, '/wiki'),
    },
    excerpt: excerpt(textOrNull(page, 'summary')),
    sum: CHANGES,
  };
}

function severalPages(payload: Payload, pages: readonly unknown[]): FamilyOutput {
  const noun = pages.length === 0 ? 'wiki' : counted(pages.length, 'wiki page');
  const hidden = pages.length - PAGES_NAMED;
  const lines = pages.slice(0, PAGES_NAMED).map((page) => {
    return `- ${titleOf(page) ?? 'a page'} (${verbOf(page)})`;
  });
  const verbs = [...new Set(pages.map(verbOf))];
  return {
    ...told(null, {
      headline: 'Wiki changed',
      did: `${verbs.length === 1 ? verbs[0] : 'changed'} {it}`,
      tone: 'neutral',
    }),
    subject: {
      noun,
      handle: null,
      title: enumerated(pages.map((page) => titleOf(page) ?? 'a page')) ?? 'Wiki',
      url: repositoryPage(payload, '/wiki'),
    },
    sum: CHANGES,
    excerpt:
      pages.length === 0 ? null : excerpt([...lines, ...(hidden > 0 ? [`- and ${hidden} more`] : [])].join('\n')),
  };
}

function verbOf(page: unknown): 'created' | 'edited' {
  return textOrNull(page, 'action') === 'created' ? 'created' : 'edited';
}

function titleOf(page: unknown): string | null {
  return textOrNull(page, 'title') ?? textOrNull(page, 'page_name');
}
