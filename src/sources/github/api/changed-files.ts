import type { ChangedFiles, FilesAnswer } from '../../../model/changed-files.ts';
import { textOrNull } from '../../../shared/payload.ts';
import { type ClientSettings, createCalls, GithubError, limitedFor, readPages } from './client.ts';

/** Events behind this one in the queue wait as long: what takes longer is asked again later. */
const PATIENCE_MS = 5_000;
/** GitHub lists at most so many, https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files */
const MOST_FILES = 3_000;
/** `owner/name`, and no step up: it becomes part of an address. */
const REPO = /^[\w-][\w.-]*\/(?!\.{1,2}$)[\w.-]+$/;

const LATE: FilesAnswer = { ok: false, reason: 'GitHub did not answer in time', mayPass: true };

/** Which files a pull request changes, by GitHub's REST API: today's and, where a file was renamed, yesterday's name. */
export function createChangedFiles(settings: ClientSettings): ChangedFiles {
  const calls = createCalls(settings);
  const { clock } = settings;

  async function listed(repo: string, pullRequest: number): Promise<readonly string[]> {
    let count = 0;
    const files = await readPages(
      (parameters) => calls.request(`GET /repos/${repo}/pulls/${pullRequest}/files`, parameters),
      (page) => {
        count += page.length;
        return count < MOST_FILES;
      },
    );
    return files.flatMap((file) =>
      [textOrNull(file, 'filename'), textOrNull(file, 'previous_filename')].filter((path) => path !== null),
    );
  }

  return ({ repo, pullRequest }, signal) => {
    if (!REPO.test(repo)) return Promise.resolve({ ok: false, reason: `"${repo}" is no repository`, mayPass: false });
    return new Promise((resolve) => {
      if (signal.aborted) return resolve(LATE);
      const late = (): void => resolve(LATE);
      const cancel = clock.after(PATIENCE_MS, late);
      signal.addEventListener('abort', late, { once: true });
      const answered = listed(repo, pullRequest).then((paths): FilesAnswer => ({ ok: true, paths }), refused);
      void answered.then((answer) => {
        cancel();
        signal.removeEventListener('abort', late);
        resolve(answer);
      });
    });
  };
}

function refused(error: unknown): FilesAnswer {
  if (!(error instanceof GithubError)) return { ok: false, reason: String(error), mayPass: false };
  const { status, message } = error;
  const mayPass = status === null || status >= 500 || limitedFor(error, 0) !== null;
  return { ok: false, reason: status === null ? message : `GitHub answered ${status}: ${message}`, mayPass };
}
