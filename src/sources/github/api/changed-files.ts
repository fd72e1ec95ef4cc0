import type { Inquiry } from '../../../model/inquiry.ts';
import { textOrNull } from '../../../shared/payload.ts';
import { answerWithin, isRepository } from './bounded.ts';
import { type ClientSettings, createCalls, readPages } from './client.ts';

/** Events behind this one in the queue wait as long: what takes longer is asked again later. */
const PATIENCE_MS = 5_000;
/** GitHub lists at most so many, https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files */
const MOST_FILES = 3_000;

/** Which files a pull request changes, by GitHub's REST API: today's and, where a file was renamed, yesterday's name. */
export function createChangedFiles(settings: ClientSettings): Inquiry['changedFiles'] {
  const calls = createCalls(settings);

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

  return async ({ repo, pullRequest }, signal) => {
    if (!isRepository(repo)) return { ok: false, reason: `"${repo}" is no repository`, mayPass: false };
    const bounds = { clock: settings.clock, patienceMs: PATIENCE_MS, signal };
    return answerWithin(bounds, () => listed(repo, pullRequest));
  };
}
