import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

// For `node --import`: every module goes into the file that LIST_LOADED names, a line each, as it is loaded.
const { LIST_LOADED } = process.env;

registerHooks({
  load(url, context, next) {
    if (LIST_LOADED) appendFileSync(LIST_LOADED, `${url}\n`);
    return next(url, context);
  },
});
