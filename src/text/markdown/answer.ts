import { Fences } from './fences.ts';

// Who answers by mail, or by "Quote reply", sends along what they answer to.

/** `On Tue, 3 Nov 2026 at 10:00, Mona <mona@example.test> wrote:` in the languages of the usual mail programs; it has a date. */
const WROTE =
  /^[> ]{0,6}(?:On|Am|Le|El|Il|Op|Em|A|Den|Dne|W dniu|Pe) (?=.{0,120}\d).{4,240}\b(?:wrote|schrieb(?: .{1,120})?|a écrit|escribió|ha scritto|schreef(?: .{1,120})?|escreveu|skrev(?: .{1,120})?|napisał(?:\(a\)|a)?|napsal(?:\(a\)|a)?|a scris) ?: {0,3}$/u;
const ORIGINAL =
  /^ {0,3}-{2,10} ?(?:Original Message|Original-?Nachricht|Ursprüngliche Nachricht|Message d'origine|Message original|Mensaje original|Messaggio originale|Oorspronkelijk bericht|Mensagem original|Forwarded message|Weitergeleitete Nachricht) ?-{2,10} {0,3}$/i;
const SENT =
  /^ {0,3}(?:Sent from my |Sent from (?:Outlook|Yahoo|Proton|Gmail)|Get Outlook for |Von meinem .{1,40} gesendet|Gesendet mit |Envoyé de mon |Envoyé depuis |Enviado desde mi |Enviado do meu |Inviato da |Inviato dal |Verstuurd vanaf mijn )/i;
const LAST_WORD = /^wrote: {0,3}$/;
/** Outlook's line above `From:`. */
const LINE = /^_{20,100} {0,3}$/;

/** What such a line may be. */
const PERHAPS = /^ {0,3}(?:>|--|_{20}|—$|Sent|Get|Von|Gesendet|Envoyé|Enviado|Inviato|Verstuurd)|: {0,3}$/m;

/** What of a mail no program wrote: it ends where its signature or the mail that it answers begins. */
function withoutTail(lines: readonly string[]): readonly string[] {
  const end = lines.findIndex(
    (line, index) => index > 0 && (line === '-- ' || ORIGINAL.test(line) || SENT.test(line) || isFooter(lines, index)),
  );
  return end < 0 ? lines : lines.slice(0, end);
}

function isFooter(lines: readonly string[], at: number): boolean {
  const [line = '', next = ''] = lines.slice(at, at + 2);
  if (line === '—') return next.startsWith('Reply to this email directly');
  return LINE.test(line) && /^\*{0,2}(?:From|Von|De|Da|Van):/.test(next);
}

/**
 * What somebody answers, without the passages that they answer to: those with an answer below them, and all that a mail program
 * sends along. A quote without an answer stays; so does an alert.
 */
export function answerOf(markdown: string): string {
  if (!PERHAPS.test(markdown)) return markdown;
  const lines = withoutTail(markdown.split('\n'));
  const kept: string[] = [];
  let quoted: string[] = [];
  let isMail = false;
  const fences = new Fences();
  for (const [index, line] of lines.entries()) {
    const isCode = fences.isCode(line);
    if (!isCode && /^ {0,3}>/.test(line) && !WROTE.test(line)) quoted.push(line);
    else if (!isCode && isHeader(lines, index)) isMail = true;
    else if (isMail && LAST_WORD.test(line)) continue;
    else if (line.trim() === '') (quoted.length > 0 ? quoted : kept).push(line);
    else {
      // Here is the answer.
      if (isAlert(quoted)) kept.push(...quoted);
      kept.push(line);
      [quoted, isMail] = [[], false];
    }
  }
  if (!isMail) kept.push(...quoted);
  const answer = kept.join('\n').trim();
  return answer === '' ? markdown : answer;
}

/** Below it stands what it is about, or nothing. Long ones are broken before their last word. */
function isHeader(lines: readonly string[], at: number): boolean {
  const [line = '', next = ''] = lines.slice(at, at + 2);
  const isBroken = LAST_WORD.test(next) && WROTE.test(`${line} ${next}`);
  if (line.length > 400 || !(isBroken || WROTE.test(line))) return false;
  const below = lines.slice(at + (isBroken ? 2 : 1)).find((each) => each.trim() !== '');
  return below === undefined || /^ {0,3}>/.test(below);
}

function isAlert(quoted: readonly string[]): boolean {
  return /^ {0,3}> ?\[!\w+\]/.test(quoted[0] ?? '');
}
