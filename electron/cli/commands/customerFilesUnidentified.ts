import type { Command } from 'commander';
import type { UnidentifiedFile } from '../../../shared/contract/customerFilesCalls.ts';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { type Answer, done, listing } from '../answer.ts';
import type { Context } from '../context.ts';
import { formatBytes, formatCount, formatTime } from '../output/formatAmounts.ts';
import { formatTable } from '../output/formatTable.ts';
import { safeText } from '../output/safeText.ts';
import { usageError } from '../usageError.ts';
import { saveParts } from './saveParts.ts';

const reasons: Readonly<Record<UnidentifiedFile['reason'], string>> = {
  'no-key': 'the name is not of the expected form',
  'no-match': 'no customer has this number',
  several: 'several customers have this number',
  'no-id': 'the customer has no key',
  found: 'lay in the folder',
};

function idOf(typed: string): number {
  const id = Number(typed);
  if (/^\d{1,15}$/.test(typed) && id > 0) return id;
  throw usageError(
    `${JSON.stringify(typed)} is not the id of an unidentified file.`,
    'The ids stand in: branchline customer-files unidentified list',
  );
}

function list(context: Context): Promise<Answer> {
  return context.withEngine(async (engine) => {
    const rows = await engine.ask('customerFiles.unidentified', {});
    if (rows.length === 0) return listing([], ['Every file was identified.']);
    return listing(rows, [
      `${formatCount(rows.length, 'file')} that could not be identified:`,
      '',
      ...formatTable(
        ['Id', 'File', 'Size', 'Folder', 'Since', 'Why'],
        rows.map((row) => [
          String(row.id),
          row.name,
          row.sizeBytes === undefined ? '' : formatBytes(row.sizeBytes),
          row.folder,
          formatTime(row.foundMs),
          reasons[row.reason],
        ]),
        [0, 2],
      ),
    ]);
  });
}

function likely(context: Context, id: number): Promise<Answer> {
  return context.withEngine(async (engine) => {
    const rows = await engine.ask('customerFiles.likely', { id });
    if (rows.length === 0) return listing([], ['No customer has a similar number or name.']);
    return listing(
      rows,
      formatTable(
        ['Customer', 'Number', 'Name', 'Alike'],
        rows.map((row) => [row.customer, row.number, row.label, `${Math.round(row.likeness * 100)} %`]),
        [3],
      ),
    );
  });
}

function attach(context: Context, id: number, customer: string): Promise<Answer> {
  return context.withEngine(async (engine) => {
    const { attachment, label, again } = await engine.ask('customerFiles.attach', { id, customer });
    return done({ attachment, label, again }, [
      safeText(
        again
          ? `${label} has this file already: ${attachment.name}.`
          : `${attachment.name} is attached to ${label} (${attachment.customer}).`,
      ),
    ]);
  });
}

function resolveAll(
  context: Context,
  ids: readonly string[],
  call: 'customerFiles.putBack' | 'customerFiles.delete',
  said: string,
): Promise<Answer> {
  const wanted = ids.map(idOf);
  return context.withEngine(async (engine) => {
    for (const id of wanted) await engine.ask(call, { id });
    return done({ ids: wanted }, [`${formatCount(wanted.length, 'file')} ${said}`]);
  });
}

export function addUnidentified(files: Command, act: Act): void {
  const unidentified = files
    .command('unidentified')
    .summary('files that nobody was found for')
    .description(
      'Shows and resolves files that nobody was found for. They lie in "unidentified" on the FTP site.',
    );
  addExamples(unidentified, [
    'branchline customer-files unidentified list',
    'branchline customer-files unidentified attach 3 N123456',
  ]);
  addExamples(
    unidentified
      .command('list')
      .description('Lists them, the newest first.')
      .action(() => act(list)),
    ['branchline customer-files unidentified list'],
  );
  addExamples(
    unidentified
      .command('likely <id>')
      .description('Lists customers with a similar number or name.')
      .action((id: string) => act((context) => likely(context, idOf(id)))),
    ['branchline customer-files unidentified likely 3'],
  );
  addExamples(
    unidentified
      .command('attach <id> <customer>')
      .description('Attaches a file to a customer, named by key or number, and removes it from the FTP site.')
      .action((id: string, customer: string) => act((context) => attach(context, idOf(id), customer))),
    ['branchline customer-files unidentified attach 3 N123456'],
  );
  addExamples(
    unidentified
      .command('export <id>')
      .description('Saves a copy of a file, 20 MB at most, for a look at it.')
      .option('--to <path>', 'a new file, or a folder; without it, the folder you are in')
      .action((id: string, options: { to?: string }) =>
        act((context) =>
          context.withEngine(async (engine) => {
            const row = (await engine.ask('customerFiles.unidentified', {})).find(
              (one) => one.id === idOf(id),
            );
            const target = await saveParts(options.to, `unidentified-${idOf(id)}`, (offset) =>
              engine.ask('customerFiles.preview', { id: idOf(id), offset }),
            );
            return done({ ...row, savedAs: target }, [`Saved as ${safeText(target)}`]);
          }),
        ),
      ),
    ['branchline customer-files unidentified export 3 --to ./look.pdf'],
  );
  addExamples(
    unidentified
      .command('put-back <ids...>')
      .description('Puts files back into their drop folder, so that they are tried again.')
      .action((ids: string[]) =>
        act((context) =>
          resolveAll(context, ids, 'customerFiles.putBack', 'put back. The next look tries again.'),
        ),
      ),
    ['branchline customer-files unidentified put-back 3 4'],
  );
  addExamples(
    unidentified
      .command('delete <ids...>')
      .description('Deletes files from the FTP site for good.')
      .requiredOption('--yes', 'say that you mean it: there is no other copy here')
      .action((ids: string[]) =>
        act((context) => resolveAll(context, ids, 'customerFiles.delete', 'deleted from the FTP site.')),
      ),
    ['branchline customer-files unidentified delete 5 --yes'],
  );
}
