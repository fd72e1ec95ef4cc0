import type { ContextBlock, KnownBlock } from '@slack/types';

/** A message as it stands in a channel. */
export interface Shown {
  /** `9:41 AM` */
  readonly time: string;
  readonly blocks: readonly KnownBlock[];
  /** How many messages are in its thread, and when the last came. */
  readonly replies?: { readonly count: number; readonly last: string };
  /** Only one person sees it. */
  readonly isWhisper?: boolean;
}

export interface Page {
  readonly title: string;
  readonly subtitle: string;
  /** CSS pixels. */
  readonly width: number;
  readonly messages: readonly Shown[];
  /** In front of a thread's replies, which stand apart from the first message. */
  readonly isThread?: boolean;
}

const PERSON = /<@U0([A-Z0-9]+)>/g;

/** Escaped entities stay as they are: HTML's and mrkdwn's are the same three. */
function inline(text: string): string {
  return text
    .replace(PERSON, (_, name: string) => `⟪i class="call"⟫@${name.toLowerCase()}⟪/i⟫`)
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
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="hsl(${hue} 60% 52%)"/><circle cx="20" cy="15.5" r="7" fill="#fff"/><path d="M6 40c0-9 6-14 14-14s14 5 14 14z" fill="#fff"/></svg>`;
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}

function contextElement(element: ContextBlock['elements'][number]): string {
  if (element.type === 'image') return `<img class="face" src="${avatar(element.alt_text)}" alt="">`;
  return `<span>${inline(element.text)}</span>`;
}

/** What stands beside a section, or in a row of its own. */
function element(one: { readonly type: string; readonly text?: { readonly text: string } | undefined }): string {
  if (one.type === 'overflow') return '<i class="more">⋯</i>';
  return one.type === 'button' ? `<i class="button">${inline(one.text?.text ?? '')}</i>` : '';
}

function block(one: KnownBlock): string {
  switch (one.type) {
    case 'section':
      return `<div class="section"><div>${body(one.text?.text ?? '')}</div>${one.accessory ? element(one.accessory) : ''}</div>`;
    case 'context':
      return `<div class="context">${one.elements.map(contextElement).join('')}</div>`;
    case 'actions':
      return `<div class="actions">${one.elements.map((each) => element(each as Parameters<typeof element>[0])).join('')}</div>`;
    case 'header':
      return `<h2>${inline(one.text.text)}</h2>`;
    case 'divider':
      return '<hr>';
    default:
      throw new Error(`no picture is drawn of a block of the type ${one.type}`);
  }
}

const LOGO =
  '<svg class="logo" viewBox="0 0 36 36"><rect width="36" height="36" rx="8" fill="#1f2a44"/><path d="M9 22c3-1 3-9 9-9s6 8 9 9z" fill="#ffd166"/><path d="M9 22h18" stroke="#ffd166" stroke-width="2.4" stroke-linecap="round"/><circle cx="18" cy="26" r="2.2" fill="#ef476f"/><circle cx="18" cy="11" r="1.8" fill="#ffd166"/></svg>';

const STYLE = `
body{margin:0;background:#fff;color:#1d1c1d;font:15px/1.46668 Lato,"Noto Color Emoji",sans-serif}
h1{font-size:17px;margin:0;padding:13px 20px;border-bottom:1px solid #e3e3e3}h1 span{color:#616061;font-weight:400}
main{padding:4px 0 10px}article{display:flex;gap:10px;padding:9px 20px}article>div{min-width:0;flex:1}
.logo{width:36px;height:36px;flex:none;margin-top:3px}
header{display:flex;align-items:center;gap:6px}header b{font-weight:900}time{color:#616061;font-size:12px}
.app{font:700 10px/14px Lato;background:#e8e8e8;color:#616061;border-radius:2px;padding:0 3px}
a{color:#1264a3;text-decoration:none}p{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}b{font-weight:900}
.section{margin:2px 0 3px;display:flex;gap:12px}.section>div{flex:1;min-width:0}
blockquote{margin:4px 0;padding:0 0 0 12px;border-left:4px solid #ddd;white-space:pre-wrap}
.context{display:flex;align-items:center;gap:8px;color:#616061;font-size:13px;white-space:pre-wrap;margin-top:3px}
.face{width:20px;height:20px;border-radius:3px}pre,code{font:12px/1.5 Menlo,"DejaVu Sans Mono",monospace}
code{color:#c01343;background:#f7f7f8;border:1px solid #dcdcdd;border-radius:3px;padding:1px 3px}
.call{font-style:normal;background:#e8f5fa;color:#1264a3;border-radius:3px;padding:0 2px}
pre{background:#f7f7f8;border:1px solid #dcdcdd;border-radius:4px;padding:8px;margin:4px 0}
.replies{display:flex;align-items:center;gap:7px;margin-top:6px;font-size:13px;color:#616061}.replies .logo{width:22px;height:22px;margin:0}
.replies b{color:#1264a3;font-weight:700}.whisper{color:#616061;font-size:12px;margin-top:2px}
.apart{display:flex;align-items:center;gap:10px;color:#616061;font-size:13px;padding:4px 20px 2px}.apart:after{content:"";flex:1;border-top:1px solid #e3e3e3}
.more,.button{font-style:normal;border:1px solid #c9c9cb;border-radius:4px;height:26px;padding:0 9px;font-weight:700;font-size:13px;line-height:26px;flex:none}
.actions{display:flex;gap:8px;margin-top:6px}hr{border:0;border-top:1px solid #e3e3e3;margin:8px 0}h2{font-size:18px;margin:4px 0}`;

function article({ time, blocks, replies, isWhisper = false }: Shown): string {
  const whisper = isWhisper ? '<div class="whisper">Only visible to you</div>' : '';
  const below =
    replies === undefined || replies.count === 0
      ? ''
      : `<div class="replies">${LOGO}<b>${replies.count === 1 ? '1 reply' : `${replies.count} replies`}</b> Last reply ${replies.last}</div>`;
  const head = `<header><b>Tidings</b><i class="app">APP</i><time>${time}</time></header>`;
  return `<article>${LOGO}<div>${whisper}${head}${blocks.map(block).join('')}${below}</div></article>`;
}

/** About what Slack shows, in its light colours. Its own fonts differ a little. */
export function slackPage({ title, subtitle, width, messages, isThread = false }: Page): string {
  const rows = messages.map(article);
  const count = rows.length - 1;
  if (isThread) rows.splice(1, 0, `<div class="apart">${count === 1 ? '1 reply' : `${count} replies`}</div>`);
  return `<!doctype html><meta charset="utf-8"><title>Tidings in Slack</title><style>html{width:${width}px}${STYLE}
</style><h1>${title} <span>${subtitle}</span></h1><main>${rows.join('\n')}</main>\n`;
}
