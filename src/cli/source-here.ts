import type { Config, SourceConfig } from '../config/config.ts';
import { secretWords, webhookPath } from '../config/describe/place-words.ts';
import { receiverUrl } from '../config/receiver-url.ts';
import type { SourceHere } from '../model/plugin/source-here.ts';
import { hasDatabase } from '../run/database.ts';
import type { Context } from './context.ts';

/** A configured source as its provider sees it. */
export function sourceHere({ openArchive }: Context, config: Config, source: SourceConfig): SourceHere<unknown> {
  const { name, secrets, settings } = source;
  return {
    name,
    secrets,
    settings,
    secretFrom: secretWords(source),
    rules: config.rules,
    url: receiverUrl(config, name),
    path: webhookPath(name),
    isOnly: config.sources.length === 1,
    hasDatabase: () => hasDatabase(config),
    openArchive: () => openArchive(config, 'read'),
  };
}
