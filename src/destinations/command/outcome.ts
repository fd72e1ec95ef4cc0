import type { Outcome } from '../../model/destination.ts';
import { quoted } from '../../text/plain.ts';
import type { Ended, Output } from './run.ts';

/** This machine is short of something: https://man7.org/linux/man-pages/man2/fork.2.html#ERRORS */
const SHORT = new Set(['EAGAIN', 'ENOMEM', 'EMFILE', 'ENFILE', 'ETXTBSY']);

/** EX_TEMPFAIL, https://man7.org/linux/man-pages/man3/sysexits.h.3head.html */
const TRY_AGAIN = 75;

/** As shells and `env` say it: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_08_02 */
const NOT_THERE: Readonly<Record<number, string>> = {
  126: 'cannot be run (exit 126)',
  127: 'or something that it runs is not there (exit 127)',
};

/** What the end of a program means; of what it wrote, the last line is shown. `program`: what it is called. */
export function outcomeOf(ended: Ended, program: string, limitMs: number): Outcome {
  switch (ended.kind) {
    case 'unstarted':
      return unstarted(ended.code, program);
    case 'stopped': {
      const why = ended.atLimit ? `killed after ${limitMs / 1000} s` : 'killed before it was done';
      return { kind: 'unknown', reason: `${program} may have told it: ${why}` };
    }
    case 'exited':
      if (ended.code === null)
        return { kind: 'unknown', reason: `${program} may have told it: ended by ${ended.signal}` };
      return exited(ended.code, ended.output, program);
  }
}

function unstarted(code: string, program: string): Outcome {
  if (SHORT.has(code)) return { kind: 'retry', reason: `${program} cannot be started: ${code}` };
  const mend = 'give its absolute path in command, and let the user that runs Tidings execute it';
  const what = code === 'ENOENT' ? 'is not there' : 'cannot be run';
  return { kind: 'broken', reason: `${program} ${what} (${code}): ${mend}` };
}

function exited(code: number, output: Output, program: string): Outcome {
  const { stdout, stderr } = output;
  const words = code === 0 ? lastLine(stdout) : lastLine(stderr) || lastLine(stdout);
  const says = words && `: ${words}`;
  if (code === 0) return { kind: 'sent', answer: `exit 0${says}` };
  if (code === TRY_AGAIN) return { kind: 'retry', reason: `${program} asks to try again (exit ${code}${says})` };
  const missing = NOT_THERE[code];
  if (missing !== undefined) {
    return { kind: 'broken', reason: `${program} ${missing}${says}; run it by hand as the user that runs Tidings` };
  }
  return { kind: 'rejected', reason: `${program} refused it (exit ${code}${says}); mend the program, then replay` };
}

function lastLine(text: string): string {
  return quoted(
    text
      .trimEnd()
      .split(/[\r\n]/)
      .at(-1) ?? '',
    160,
  );
}
