import type { Tone } from '../../../model/activity.ts';
import { REPEAT_LINE } from '../../../text/as-repeat.ts';
import { escapedHtml } from '../../../text/escaped-html.ts';
import { hostOf } from '../../../text/honest-url.ts';
import { htmlOf } from '../../../text/markdown/write-html.ts';
import type { Run } from '../../../text/story/run.ts';
import type { Letter, Section } from './letter-parts.ts';

// As mail programs need it: tables of 600 px, every style in its tag, nothing that is loaded from anywhere. Programs that read
// <style> show it dark where their reader wants it so; the others turn the colours around themselves, or leave them.

/** GitHub's own colours for open, merged and failed. */
export const COLORS: Readonly<Record<Tone, string>> = {
  opened: '#1a7f37',
  good: '#1a7f37',
  bad: '#cf222e',
  waiting: '#bf8700',
  done: '#8250df',
  neutral: '#6e7781',
};

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const SMALL = `${FONT};font-size:13px;line-height:19px;color:#59636e`;
const LINK = 'color:#0969da;text-decoration:none';
const CODE = "font-family:Consolas,Menlo,'Courier New',monospace;font-size:13px;background:#eff1f3";

const DARK = `@media (prefers-color-scheme:dark){
.page{background:#0d1117!important}.card{background:#151b23!important}
.text,.text p,.text li{color:#e6edf3!important}.small{color:#9198a1!important}
.text code,.text pre{background:#262c36!important}a{color:#4493f8!important}}`;

/** How the tags of `htmlOf` look. */
const LOOKS: Readonly<Record<string, string>> = {
  p: 'margin:0 0 8px',
  ul: 'margin:0 0 8px;padding-left:24px',
  ol: 'margin:0 0 8px;padding-left:24px',
  blockquote: 'margin:0 0 8px;padding-left:12px;border-left:3px solid #d1d9e0;color:#59636e',
  pre: `margin:0 0 8px;padding:8px;white-space:pre-wrap;word-break:break-word;${CODE}`,
  code: CODE,
  a: LINK,
};

export interface Foot {
  /** `Sent by Tidings …` */
  readonly words: string;
  readonly unsubscribe: string;
}

/** A whole document. All that others wrote is escaped; links lead to addresses of `honestUrl` only. */
export function htmlLetter(letter: Letter, foot: Foot): string {
  const { tone, heading, called, excerpt, sections, small, url, maybeRepeated, preview } = letter;
  const rows = [
    maybeRepeated && row(SMALL, 'small', escapedHtml(REPEAT_LINE)),
    row(`${FONT};font-size:17px;line-height:24px;font-weight:600;color:#1f2328`, 'text', pieces(heading)),
    called && row(SMALL, 'small', `For ${escapedHtml(called)}`),
    excerpt && row(`${FONT};font-size:15px;line-height:22px;color:#1f2328`, 'text', written(excerpt)),
    ...sections.map(section),
    small && row(SMALL, 'small', escapedHtml(small)),
    url && row(`${FONT};font-size:15px;line-height:22px`, 'text', anchor(url, `Open at ${hostOf(url)}`)),
  ];
  const footer = `${escapedHtml(foot.words)} ${anchor(foot.unsubscribe, 'Unsubscribe')}`;
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>${escapedHtml(preview)}</title><style>${DARK}</style></head>
<body class="page" style="margin:0;padding:0;background:#f6f8fa">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${escapedHtml(preview)}</div>
<table class="page" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f6f8fa"><tr><td align="center" style="padding:24px 12px">
<table class="card" role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px;background:#ffffff;border-left:4px solid ${COLORS[tone]}">
${rows.filter(Boolean).join('\n')}
</table>
<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px">
${row(SMALL, 'small', footer)}
</table>
</td></tr></table>
</body></html>
`;
}

function row(style: string, name: string, html: string): string {
  return `<tr><td class="${name}" style="padding:8px 20px;word-break:break-word;${style}">${html}</td></tr>`;
}

function section({ heading, items, more }: Section): string {
  const title = heading && `<b>${escapedHtml(heading)}</b><br>`;
  const lines = items.length === 1 ? items.map(pieces) : items.map((item) => `• ${pieces(item)}`);
  const all = [...lines, ...(more ? [escapedHtml(more)] : [])].join('<br>\n');
  return row(`${FONT};font-size:15px;line-height:22px;color:#1f2328`, 'text', title + all);
}

function pieces(runs: readonly Run[]): string {
  return runs.map(({ text, url }) => (url === undefined ? escapedHtml(text) : anchor(url, text))).join('');
}

/** Every `<` in it is one of htmlOf's own tags. */
function written(markdown: string): string {
  return htmlOf(markdown).replace(/<([a-z]+)(?=[ >])/g, (tag, name: string) => {
    const { [name]: look } = LOOKS;
    return look === undefined ? tag : `${tag} style="${look}"`;
  });
}

function anchor(url: string, text: string): string {
  return text === '' ? '' : `<a href="${escapedHtml(url)}" style="${LINK}">${escapedHtml(text)}</a>`;
}
