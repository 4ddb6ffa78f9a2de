import { lockDataDir } from '../../electron/ledger/dataDirLock.ts';

const [dataDir = ''] = process.argv.slice(2);
try {
  lockDataDir(dataDir);
  console.log('held');
} catch (error) {
  console.log(error instanceof Error ? error.message : String(error));
}
// Both kinds wait to be killed, so that the test sees the process alive or dead when it wants.
setInterval(() => undefined, 60_000);
