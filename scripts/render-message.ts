/**
 * Prints an HTML page that shows real messages of src/destinations/slack about as Slack does, for the README's picture:
 * `node scripts/render-message.ts > page.html`, then a screenshot of 820 × 630 at device scale factor 1.5.
 */
import type { ContextBlock, KnownBlock } from '@slack/types';
import { renderDigest } from '../src/destinations/slack/digest.ts';
import { renderActivity, type SlackMessage } from '../src/destinations/slack/render.ts';
import {
  aFailedWorkflow,
  aMergedPullRequest,
  anActivity,
  aReview,
  aStar,
  content,
  digest,
} from '../tests/fixtures/activities.ts';

const ISSUE = anActivity({
  labels: ['bug', 'uploads'],
  excerpt:
    '### What happens\n\nSince **v2.4** every upload over 5 MB stops at 99 % in Safari 18.\n\n- [x] happens in private windows too\n- [ ] `resumeUpload()` seems to be called twice\n',
});
const REVIEW = aReview('lena-k', 'wants changes', {
  facts: ['main ← retry-uploads'],
  excerpt: 'Almost there! The backoff needs a cap, see [our guide](https://github.com/acme/api/wiki/Retries).',
});
const FIRST =
  'ada grace-h linus margaret radia ken barbara-l dennis brendan sophie-w anders-h yukihiro guido katherine-j tim-bl edsger donald-k hedy-l alan-t joan-c'.split(
    ' ',
  );
const STARS = digest(FIRST.map((login) => aStar(login)));
const MANY = digest([...STARS.notifications.map((one) => one.activity), ...Array(980).fill(aStar('guido'))]);

const MESSAGES: readonly (readonly [time: string, message: SlackMessage])[] = [
  ['9:41 AM', renderActivity(content(ISSUE))],
  ['9:52 AM', renderActivity(content(REVIEW, [{ name: 'hubot', ids: { slack: 'U0HUBOT' } }]))],
  ['10:03 AM', renderActivity(content(aMergedPullRequest({ did: 'merged {it} into main' })))],
  ['10:05 AM', renderActivity(content(aFailedWorkflow()))],
  ['10:30 AM', renderDigest(MANY.notifications)],
];

/** Unescaped entities stay as they are: HTML's and mrkdwn's are the same three. */
function inline(text: string): string {
  return text
    .replace(/<@U0([A-Z0-9]+)>/g, (_, name: string) => `⟪i class="call"⟫@${name.toLowerCase()}⟪/i⟫`)
    .replace(/<([^|>]+)\|([^>]+)>/g, '⟪a href="$1"⟫$2⟪/a⟫')
    .replace(/`([^`]+)`/g, '⟪code⟫$1⟪/code⟫')
    .replace(/(^|[\s>(])\*([^*\n]+)\*/g, '$1⟪b⟫$2⟪/b⟫')
    .replace(/(^|[\s>(])_([^_\n]+)_(?=\W|$)/g, '$1⟪i⟫$2⟪/i⟫')
    .replace(/⟪/g, '<')
    .replace(/⟫/g, '>');
}

function body(text: string): string {
  const html: string[] = [];
  for (const part of text.split(/(```[^]*?```|(?:^>.*\n?)+)/m)) {
    if (part.startsWith('```')) html.push(`<pre>${part.slice(3, -3).trim()}</pre>`);
    else if (part.startsWith('>')) html.push(`<blockquote>${inline(part.replace(/^>/gm, '').trim())}</blockquote>`);
    else if (part.trim()) html.push(`<p>${inline(part.trim())}</p>`);
  }
  return html.join('');
}

/** Drawn here instead of fetched: a page for a picture needs no network. */
function avatar(name: string): string {
  const hue = [...Buffer.from(name)].reduce((sum, byte) => sum * 31 + byte, 7) % 360;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="hsl(${hue} 70% 62%)"/><stop offset="1" stop-color="hsl(${hue + 50} 65% 45%)"/></linearGradient></defs><rect width="40" height="40" fill="url(#g)"/><circle cx="20" cy="15.5" r="7" fill="#fff" fill-opacity=".92"/><path d="M6 40c0-9 6-14 14-14s14 5 14 14z" fill="#fff" fill-opacity=".92"/></svg>`;
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}

function contextElement(element: ContextBlock['elements'][number]): string {
  if (element.type === 'image') return `<img class="face" src="${avatar(element.alt_text)}" alt="">`;
  return `<span>${inline(element.text)}</span>`;
}

function block(one: KnownBlock): string {
  if (one.type === 'section') return `<div class="section">${body(one.text?.text ?? '')}</div>`;
  if (one.type === 'context') return `<div class="context">${one.elements.map(contextElement).join('')}</div>`;
  return '';
}

const LOGO = `<svg class="logo" viewBox="0 0 36 36"><rect width="36" height="36" rx="8" fill="#1f2a44"/><path d="M9 22c3-1 3-9 9-9s6 8 9 9z" fill="#ffd166"/><path d="M9 22h18" stroke="#ffd166" stroke-width="2.4" stroke-linecap="round"/><circle cx="18" cy="26" r="2.2" fill="#ef476f"/><circle cx="18" cy="11" r="1.8" fill="#ffd166"/></svg>`;

const rows = MESSAGES.map(
  ([time, { blocks }]) =>
    `<article>${LOGO}<div><header><b>Tidings</b><i class="app">APP</i><time>${time}</time></header>${blocks.map(block).join('')}</div></article>`,
);

process.stdout.write(`<!doctype html><meta charset="utf-8"><title>Tidings in Slack</title><style>
body{margin:0;background:#fff;color:#1d1c1d;font:15px/1.46668 Lato,"Noto Color Emoji",sans-serif}
h1{font-size:17px;margin:0;padding:13px 20px;border-bottom:1px solid #e3e3e3}h1 span{color:#616061;font-weight:400}
article{display:flex;gap:10px;padding:9px 20px}.logo{width:36px;height:36px;flex:none;margin-top:3px}
header{display:flex;align-items:center;gap:6px}header b{font-weight:900}time{color:#616061;font-size:12px}
.app{font:700 10px/14px Lato;background:#e8e8e8;color:#616061;border-radius:2px;padding:0 3px}
a{color:#1264a3;text-decoration:none}p{margin:0;white-space:pre-wrap}b{font-weight:900}
.section{margin:2px 0 3px}blockquote{margin:4px 0;padding:0 0 0 12px;border-left:4px solid #ddd;white-space:pre-wrap}
.context{display:flex;align-items:center;gap:8px;color:#616061;font-size:13px;white-space:pre-wrap;margin-top:3px}
.face{width:20px;height:20px;border-radius:3px}pre,code{font:12px/1.5 Menlo,"DejaVu Sans Mono",monospace}
code{color:#c01343;background:#f7f7f8;border:1px solid #dcdcdd;border-radius:3px;padding:1px 3px}
.call{font-style:normal;background:#e8f5fa;color:#1264a3;border-radius:3px;padding:0 2px}
pre{background:#f7f7f8;border:1px solid #dcdcdd;border-radius:4px;padding:8px;margin:4px 0}
</style><h1># team-api <span>· what happened in acme/api</span></h1>${rows.join('\n')}\n`);
