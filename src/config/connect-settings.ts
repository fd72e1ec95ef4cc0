import type { Catalog } from '../model/plugin/catalog.ts';
import type { Settings, WrittenEach } from '../model/plugin/talk.ts';
import type { Variables } from '../model/plugin/variables.ts';
import { ConfigError, type Problem } from './config-error.ts';
import type { ConfigFile } from './read/config-file.ts';
import { withDotEnv } from './read/dot-env.ts';
import { mapping, valueAt } from './read/plain-data.ts';
import type { Env } from './read/process-env.ts';
import { readConfigFile } from './read/read-config-file.ts';
import { variablesOf } from './read/variables.ts';
import { plainKeys, rowsOf } from './rows/rows.ts';
import { BY_EMAIL } from './schema/people-schema.ts';

/** What is set, for who connects something. Mistakes elsewhere are nobody's business here. */
export async function connectSettings(given: Env, cwd: string, catalog: Catalog): Promise<Settings> {
  const env = withDotEnv(given, cwd, []);
  const file = await readConfigFile({
    env,
    cwd,
    problems: [],
    plainKeys: async () => plainKeys(await rowsOf(catalog)),
  });
  const names = Object.keys(mapping(valueAt(file?.data, ['destinations'])));
  const sources = Object.keys(mapping(valueAt(file?.data, ['sources'])));
  const secretVariables = file?.variables.flatMap(({ path: [section, name, key], variable }) =>
    section === 'sources' && key === 'secrets' ? [[String(name), variable] as const] : [],
  );
  const variables = file?.variables.flatMap(({ path, variable }) => (path[0] === 'destinations' ? [variable] : []));
  return {
    set: strict(env),
    kept: variablesOf(withDotEnv({}, cwd, []), []),
    ownSources:
      file && sources.length > 0
        ? {
            path: file.path,
            secretVariables: Object.fromEntries(secretVariables ?? []),
            written: writtenIn(file, 'sources'),
          }
        : null,
    ownDestinations:
      file && names.length > 0
        ? { path: file.path, names, variables: variables ?? [], written: writtenIn(file, 'destinations') }
        : null,
    peopleByEmail: valueAt(file?.data, ['people', BY_EMAIL]) === true,
  };
}

/** A variable's value may be a secret: its name is put back. */
function writtenIn({ data, variableAt }: ConfigFile, section: 'sources' | 'destinations'): WrittenEach {
  const each = Object.entries(mapping(valueAt(data, [section]))).map(([name, given]) => {
    const keys = Object.entries(mapping(given)).map(([key, value]) => {
      const variable = variableAt([section, name, key]);
      return [key, variable === undefined ? value : `\${${variable}}`] as const;
    });
    return [name, Object.fromEntries(keys)] as const;
  });
  return Object.fromEntries(each);
}

/** What cannot be used is thrown by who asks for it. */
function strict(env: Env): Variables {
  const problems: Problem[] = [];
  const lenient = variablesOf(env, problems);
  function checked<T>(value: T): T {
    if (problems.length > 0) throw new ConfigError(problems);
    return value;
  }
  return {
    ...lenient,
    address: (name) => checked(lenient.address(name)),
    base: (name) => checked(lenient.base(name)),
    token: (name, problemOf) => checked(lenient.token(name, problemOf)),
  };
}
