/**
 * What a central site does with its drop folders, as a process that is there to be killed. It loads, waits for a
 * line on standard input, says "begun", and then looks into its drop folders: again and again (`forever`), or until
 * nothing is left (`to-the-end`).
 */
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { openCustomerFiles } from '../../electron/customerFiles/openCustomerFiles.ts';
import { runDropFolders } from '../../electron/engine/areas/customerFiles/dropRun.ts';
import { siteOf } from '../../electron/engine/siteOf.ts';
import { openLedger } from '../../electron/ledger/openLedger.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { dataPaths } from '../../electron/platform/paths.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { openRecords } from '../../electron/records/openRecords.ts';
import { withRetry } from '../../electron/transport/decorators/withRetry.ts';
import { createFtpTransportFactory } from '../../electron/transport/ftp/ftpTransportFactory.ts';
import { createTransportPool } from '../../electron/transport/pool/transportPool.ts';
import { dropFolderPresets } from '../../shared/dropFolderSettings.ts';
import { settingsSchema } from '../../shared/settings.ts';

const [dataDir = '', port = '', username = '', mode = ''] = process.argv.slice(2);
const { BRANCHLINE_PASSWORD: password = '' } = process.env;

await once(process.stdin, 'data');
const clock = systemClock;
const random = systemRandom;
const paths = dataPaths(dataDir);
const settings = settingsSchema.parse({
  formatVersion: 1,
  site: {
    role: 'central',
    name: 'Head office',
    guid: '6f1c2f0e-8a1b-4c5d-9e2f-0123456789ab',
    officeId: '0b9f6c1a-1111-4222-8333-444455556666',
  },
  ftp: { host: '127.0.0.1', port: Number(port), username },
  channels: ['documents'],
  dropFolders: {
    settleSeconds: 0,
    folders: [{ ...dropFolderPresets['account-number'], storeColumn: 'store', forwardChannel: 'documents' }],
  },
});
const { outgoing, incoming, sent, backup, rejected, refused, inbox } = paths;
const folders = { outgoing, incoming, sent, backup, rejected, refused, inbox };
for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
const ledger = openLedger({ path: paths.ledger, clock });
const files = openCustomerFiles({ path: paths.customerFiles, attachments: paths.attachments, clock });
const records = openRecords({ path: paths.records, clock, random });
const site = siteOf({ settings, folders, ledger, clock, random });
const factory = withRetry(createFtpTransportFactory({ ftp: settings.ftp, password, clock }));
process.stdout.write('begun\n');

for (;;) {
  const pool = createTransportPool(factory, { limit: 2, clock });
  const notes: string[] = [];
  const result = await runDropFolders(
    { settings, site, records, files, pool, signal: undefined, note: (_level, text) => notes.push(text) },
    settings.dropFolders.folders,
  );
  await pool.close();
  const { attached, again, unidentified, growing, failed, problems } = result;
  if (problems.length > 0 || failed > 0) throw new Error([...problems, ...notes].join('\n'));
  if (mode === 'to-the-end' && attached + again + unidentified + growing === 0) break;
}
records.close();
files.close();
ledger.close();
process.stdout.write('ended\n');
process.stdin.destroy();
