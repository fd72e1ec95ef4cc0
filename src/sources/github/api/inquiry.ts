import type { Inquiry } from '../../../model/inquiry.ts';
import { createChangedFiles } from './changed-files.ts';
import type { ClientSettings } from './client.ts';
import { createFailedJobs } from './failed-jobs.ts';

/** What GitHub's REST API is asked while deciding. */
export function createInquiry(settings: ClientSettings): Inquiry {
  return { changedFiles: createChangedFiles(settings), details: createFailedJobs(settings) };
}
