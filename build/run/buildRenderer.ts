// Builds the window alone (dist/renderer), for `branchline serve`.
import { join } from 'node:path';
import { createBuilder } from 'vite';

const builder = await createBuilder({
  configFile: join(import.meta.dirname, '../vite.config.ts'),
  logLevel: 'warn',
});
const { client } = builder.environments;
if (client === undefined) throw new Error('build/vite.config.ts has no environment "client".');
await builder.build(client);
