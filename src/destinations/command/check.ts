import { type Finding, fail, ok } from '../../model/plugin/finding.ts';
import { onPath } from '../../shared/files/on-path.ts';
import { PATH } from './environment.ts';

/** Looks for the program, and does not run it. */
export async function check(name: string, program: string): Promise<readonly Finding[]> {
  const what = `program of ${name}`;
  const found = onPath(program, PATH);
  if (found !== null) return [ok(what, `${found} can be run; it was not`)];
  const mend = 'Give its absolute path in command, and let the user that runs Tidings execute it (chmod +x).';
  return [fail(what, `${program} is not there, or cannot be run`, mend)];
}
