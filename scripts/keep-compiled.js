/**
 * For `node --import`: each test file is a process of its own, and strips the types of everything it imports. Kept once,
 * 520 unit tests take two thirds of the time. Scripts that tests start inherit it; the program keeps its own (bin/code-cache.js).
 */
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

const { directory } = enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/tidings', import.meta.url)));
if (directory) process.env.NODE_COMPILE_CACHE ??= directory;
