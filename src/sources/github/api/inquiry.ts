import type { Inquiry } from '../../../model/inquiry.ts';
import { repoOfThread } from '../thread.ts';
import { createChangedFiles } from './changed-files.ts';
import type { ClientSettings } from './client.ts';
import { createFailedJobs } from './failed-jobs.ts';
import { createOpenPulls } from './open-pulls.ts';

/** What GitHub's REST API is asked while deciding. */
export function createInquiry(settings: ClientSettings): Inquiry & Required<Pick<Inquiry, 'open'>> {
  return {
    changedFiles: createChangedFiles(settings),
    details: createFailedJobs(settings),
    open: { repoOf: repoOfThread, ask: createOpenPulls(settings) },
  };
}
