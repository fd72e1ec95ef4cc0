import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Keeps compiled (and type-stripped) code between runs. Measured: imports take 210 ms instead of 430, and 50 MB less
 * memory, because neither the main thread nor the database's has to load the type stripper.
 */
export function keepCompiledCode() {
  if (process.env.NODE_COMPILE_CACHE || process.env.NODE_DISABLE_COMPILE_CACHE) return;
  const modules = fileURLToPath(new URL('../node_modules', import.meta.url));
  const { directory } = enableCompileCache(existsSync(modules) ? `${modules}/.cache/tidings` : undefined);
  // Worker threads look at the variable only.
  if (directory) process.env.NODE_COMPILE_CACHE = directory;
}
