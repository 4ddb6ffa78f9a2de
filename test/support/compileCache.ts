import { resolve } from 'node:path';

/** For the environment of programs that tests start from source: what Node has compiled once, it need not compile again. */
export const compileCache = {
  NODE_COMPILE_CACHE: resolve(import.meta.dirname, '../../node_modules/.cache/compiled'),
} as const;
