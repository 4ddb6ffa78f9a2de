import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const program = resolve(import.meta.dirname, '../../electron/cli/branchline.ts');

/**
 * Gives the practice office that runs in a data directory a rate book of two editions, customers, and files from a
 * partner, through the command line that joins its engine.
 */
export function fillWithRecords(dataDir: string, scratch: string, ftpRoot: string): void {
  const branchline = (...args: readonly string[]) => {
    const ran = spawnSync(process.execPath, [program, '--data-dir', dataDir, ...args], { encoding: 'utf8' });
    if (ran.status !== 0) throw new Error(`branchline ${args.join(' ')}: ${ran.stdout}${ran.stderr}`);
  };
  const put = (folder: string, name: string, content: string) => {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };

  branchline('imports', 'channels', 'add', 'rate-book', '--dataset', 'rate-book', '--folder', 'ratebooks');
  branchline(
    'imports',
    'run',
    '--channel',
    'rate-book',
    put(scratch, 'rates 2026-10.csv', rateBook(4800, 0)),
  );
  branchline(
    'imports',
    'run',
    '--channel',
    'rate-book',
    put(scratch, 'rates 2026-11.csv', rateBook(5200, 3)),
  );

  const customers = ['customer_id,account_number,name,store', ...people].join('\n');
  branchline('imports', 'channels', 'add', 'customers', '--dataset', 'customers', '--folder', 'customers');
  branchline('imports', 'run', '--channel', 'customers', put(scratch, 'customers.csv', `${customers}\n`));
  branchline('config', 'set', 'dropFolders.settleSeconds=0');
  branchline('drop-folders', 'add', '--preset', 'account-number');
  const drop = join(ftpRoot, 'customerfiles/account_number');
  put(drop, 'N123456.txt', 'Contract of 2 November 2026, signed.\n');
  put(drop, 'N123460.txt', 'Change of address.\n');
  put(drop, 'N12345.txt', 'Whose is this? The number lacks its last digit.\n');
  branchline('drop-folders', 'run');
}

const people = [
  '101,N123456,"Smith, Anna",0012',
  '102,N123460,Jürgen Möller,0047',
  '103,N123471,"O\'Brien & Sons",0012',
];

function rateBook(vehicles: number, wrong: number): string {
  const rows = Array.from(
    { length: vehicles },
    (_, index) =>
      `Van ${index + 1},${[24, 36, 48][index % 3]},10000,monthly,${(180 + (index % 90)).toFixed(2)}`,
  );
  const bad = Array.from({ length: wrong }, (_, index) => `Car ${index + 1},25,10000,monthly,199.00`);
  return `${['vehicle,term,mileage,payment_profile,rate', ...rows, ...bad].join('\n')}\n`;
}
