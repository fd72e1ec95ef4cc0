import { serverDiskFull } from './scenarios/server-disk-full.ts';

const t0 = performance.now();
const at = () => Math.round(performance.now() - t0);
const store = await serverDiskFull.open!();
console.log(at(), 'server up', store.env);
const inbox = await store.open();
console.log(at(), 'open', await inbox.check());
await inbox[Symbol.asyncDispose]();
await store[Symbol.asyncDispose]();
console.log(at(), 'gone');
