import type { Command } from 'commander';
import type { Attachment, CustomerFilesRow } from '../../../shared/contract/customerFilesCalls.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { type Answer, done, listing } from '../answer.ts';
import type { Context } from '../context.ts';
import { formatBytes, formatCount, formatTime } from '../output/formatAmounts.ts';
import { formatTable } from '../output/formatTable.ts';
import { safeText } from '../output/safeText.ts';
import { usageError } from '../usageError.ts';
import { addUnidentified } from './customerFilesUnidentified.ts';
import { saveParts } from './saveParts.ts';

const mostShown = 1000;

function list(context: Context, search: string): Promise<Answer> {
  return context.withEngine(async (engine) => {
    const { rows, total } = await engine.ask('customerFiles.customers', { search, limit: mostShown });
    if (rows.length === 0)
      return listing([], [search === '' ? 'No customer has files yet.' : 'No customer with files is found.']);
    return listing(rows, [
      `${formatCount(total, 'customer')} with files${total > rows.length ? `; the last ${rows.length}` : ''}:`,
      '',
      ...formatTable(
        ['Customer', 'Number', 'Name', 'Files', 'Last file'],
        rows.map((row) => [row.customer, row.number, row.label, String(row.files), formatTime(row.lastMs)]),
        [3],
      ),
    ]);
  });
}

/** A customer by its key or number. Errors: usage. */
async function findCustomer(engine: Engine, typed: string): Promise<CustomerFilesRow> {
  const { rows } = await engine.ask('customerFiles.customers', { search: typed, limit: mostShown });
  const wanted = typed.trim().toLowerCase();
  const exact = rows.filter(
    (row) => row.customer.toLowerCase() === wanted || row.number.toLowerCase() === wanted,
  );
  const [found, ...others] = exact.filter((row) => row.customer.toLowerCase() === wanted).concat(exact);
  if (found !== undefined && others.every((row) => row.customer === found.customer)) return found;
  throw usageError(
    `No customer with files has the key or number ${JSON.stringify(typed)}.`,
    'See: branchline customer-files list',
  );
}

function show(context: Context, typed: string): Promise<Answer> {
  return context.withEngine(async (engine) => {
    const { dataset, customer, label, number } = await findCustomer(engine, typed);
    const { files } = await engine.ask('customerFiles.files', { dataset, customer });
    return listing({ customer: { dataset, customer, label, number }, files }, [
      safeText(`${label} (${customer}${number === customer ? '' : `, ${number}`})`),
      '',
      ...formatTable(
        ['Id', 'File', 'Version', 'Size', 'Attached', 'From'],
        files.map((file) => [
          String(file.id),
          file.name,
          String(file.version),
          formatBytes(file.sizeBytes),
          formatTime(file.attachedMs),
          file.source,
        ]),
        [0, 2, 3],
      ),
    ]);
  });
}

function exportFile(context: Context, typed: string, to: string | undefined): Promise<Answer> {
  return context.withEngine(async (engine) => {
    const file = await findFile(engine, typed);
    const target = await saveParts(to, file.path, (offset) =>
      engine.ask('customerFiles.read', { id: file.id, offset }),
    );
    return done({ ...file, savedAs: target }, [`Saved as ${safeText(target)}`]);
  });
}

/** Errors: usage. */
async function findFile(engine: Engine, typed: string): Promise<Attachment> {
  const id = Number(typed);
  if (!/^\d{1,15}$/.test(typed) || id < 1)
    throw usageError(
      `${JSON.stringify(typed)} is not the id of a file.`,
      'The ids stand in: branchline customer-files show <customer>',
    );
  return await engine.ask('customerFiles.file', { id });
}

export function addCustomerFiles(program: Command, act: Act): void {
  const files = program
    .command('customer-files')
    .summary("customers' files, and those that could not be identified")
    .description('Shows the files attached to customers, and resolves those that could not be identified.');
  addExamples(files, ['branchline customer-files list', 'branchline customer-files unidentified list']);
  addExamples(
    files
      .command('list [search]')
      .description('Lists customers with files: all, or those with the text in name, number or a file name.')
      .action((search: string | undefined) => act((context) => list(context, search ?? ''))),
    ['branchline customer-files list', 'branchline customer-files list smith'],
  );
  addExamples(
    files
      .command('show <customer>')
      .description("Lists a customer's files with all versions. The customer is named by key or number.")
      .action((customer: string) => act((context) => show(context, customer))),
    ['branchline customer-files show N123456'],
  );
  addExamples(
    files
      .command('export <id>')
      .description('Saves a copy of a file.')
      .option('--to <path>', 'a new file, or a folder; without it, the folder you are in')
      .action((id: string, options: { to?: string }) =>
        act((context) => exportFile(context, id, options.to)),
      ),
    ['branchline customer-files export 12 --to ./contract.pdf'],
  );
  addUnidentified(files, act);
}
