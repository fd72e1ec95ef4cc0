import type { SourceHere } from '../../model/plugin/source-here.ts';
import type { Config, SourceConfig } from '../config.ts';
import { receiverUrl } from '../receiver-url.ts';
import { secretWords, webhookPath } from './place-words.ts';

/** How its provider gets at what is stored. */
export type StoreHere = Pick<SourceHere<unknown>, 'hasDatabase' | 'openArchive'>;

/** A configured source as its provider sees it. */
export function sourceHere(config: Config, source: SourceConfig, store: StoreHere): SourceHere<unknown> {
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
    ...store,
  };
}
