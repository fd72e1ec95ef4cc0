import { resolve } from 'node:path';
import { CATALOG } from '../catalog.ts';
import { generatedSecret as generate } from '../config/read/generated-secret.ts';
import type { Secret } from '../shared/secret.ts';

/**
 * The secret of one source kept in `folder` (`github-secret` for a source named so, readable by its owner only), made when
 * there is none. `tidings send` signs with the same one, where DATA_DIR is that folder. `source`: default `github`.
 * @throws ConfigError when it can be neither read nor made
 */
export function generatedSecret(folder: string, source = CATALOG.byDefault.provider): Secret {
  const variable = `${source.toUpperCase().replaceAll('-', '_')}_WEBHOOK_SECRET`;
  return generate({ dataDir: resolve(folder), source, variable }).secret;
}
