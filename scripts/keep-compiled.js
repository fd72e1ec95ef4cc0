/**
 * For `node --import`: each test file is a process of its own, and strips the types of everything it imports. Kept once,
 * 520 unit tests take two thirds of the time. The programs that tests start keep their own (bin/code-cache.js).
 */
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/tidings', import.meta.url)));
