import type { Command } from 'commander';
import { type ImportChannel, importChannelSchema } from '../../../../shared/importsSettings.ts';
import type { Act } from '../../act.ts';
import { addExamples } from '../../addExamples.ts';
import { type Answer, done, listing } from '../../answer.ts';
import type { Context } from '../../context.ts';
import { formatTime } from '../../output/formatAmounts.ts';
import { formatTable } from '../../output/formatTable.ts';
import { usageError } from '../../usageError.ts';
import { importOutcomeWords } from './answerImport.ts';

interface AddOptions {
  readonly dataset: string;
  readonly set?: string;
  readonly folder?: string;
  readonly fromChannel?: string;
  readonly mostErrors?: string;
  readonly leastRows?: string;
  readonly encoding?: string;
  readonly decimals?: string;
  readonly thousands?: string;
  readonly dates?: string;
  readonly keep?: string;
  readonly recipients?: string[];
  readonly mailOnStart?: true;
  readonly moveToDone?: true;
}

function channelOf(name: string, options: AddOptions): ImportChannel {
  const { folder, fromChannel } = options;
  if ((folder === undefined) === (fromChannel === undefined)) {
    throw usageError(
      'Say where the files come from: either --folder or --from-channel.',
      'For example: branchline imports channels add rate-book --dataset rate-book --folder ratebooks',
    );
  }
  const parsed = importChannelSchema.safeParse({
    name,
    dataset: options.dataset,
    set: options.set,
    from: folder === undefined ? { channel: fromChannel } : { folder },
    limits: {
      mostRowErrorsPercent: numberOf('--most-errors', options.mostErrors),
      leastPreviousRowsPercent: numberOf('--least-rows', options.leastRows),
    },
    encoding: options.encoding,
    parsing: {
      decimalSeparator: options.decimals,
      thousandsSeparator: options.thousands,
      dateOrder: options.dates,
    },
    keepEditions: numberOf('--keep', options.keep),
    recipients: options.recipients,
    mailOnStart: options.mailOnStart,
    afterImport: options.moveToDone ? 'move-to-done' : undefined,
  });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw usageError(
    `${issue?.path.join('.') ?? 'The channel'}: ${issue?.message ?? 'not allowed'}`,
    'See: branchline imports channels add --help',
  );
}

function numberOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text);
  throw usageError(
    `${option}: ${JSON.stringify(text)} is no number.`,
    'See: branchline imports channels add --help',
  );
}

function list(context: Context): Promise<Answer> {
  return context.withEngine(async (engine) => {
    const views = await engine.ask('imports.channels', {});
    const rows = views.flatMap(({ channel, place, sets }) =>
      (sets.length === 0 ? [undefined] : sets).map((set) => [
        channel.name,
        place,
        `${channel.dataset}${set === undefined ? '' : `, ${set.set}`}`,
        set?.published === undefined ? '–' : `${set.published.rows} rows`,
        set?.published?.publishedMs === undefined ? '–' : formatTime(set.published.publishedMs),
        set?.lastRun === undefined ? '–' : importOutcomeWords[set.lastRun.outcome],
      ]),
    );
    const lines =
      rows.length === 0
        ? [
            'There are no import channels yet. Add one: branchline imports channels add rate-book --dataset rate-book --folder ratebooks',
          ]
        : formatTable(['Channel', 'From', 'Dataset, set', 'Published', 'Since', 'Last import'], rows, [3]);
    return listing(views, lines);
  });
}

function add(context: Context, name: string, options: AddOptions): Promise<Answer> {
  const channel = channelOf(name, options);
  return context.withEngine(async (engine) => {
    await engine.ask('imports.putChannel', { channel });
    const place =
      'folder' in channel.from
        ? `Files put into ${channel.from.folder} on the FTP site are imported with each transmission; those in its folder "test" are only tried.`
        : `Files that arrive on the channel ${channel.from.channel} are imported with each transmission.`;
    return done(channel, [`Added the import channel ${channel.name}.`, `  ${place}`]);
  });
}

function remove(context: Context, name: string): Promise<Answer> {
  return context.withEngine(async (engine) => {
    await engine.ask('imports.removeChannel', { name });
    return done({ name }, [`Removed the import channel ${name}. Its sets stay as they are.`]);
  });
}

export function addImportChannels(imports: Command, act: Act): void {
  const channels = imports
    .command('channels')
    .summary('list, add or remove import channels')
    .description('An import channel says which files replace which set of which dataset.');
  addExamples(channels, ['branchline imports channels list']);
  addExamples(
    channels
      .command('list')
      .description('Lists the import channels and how each set stands.')
      .action(() => act(list)),
    ['branchline imports channels list', 'branchline imports channels list --json'],
  );
  addExamples(
    channels
      .command('add <name>')
      .description('Adds an import channel, or replaces the one of that name.')
      .requiredOption('--dataset <name>', 'the dataset that its files are rows of')
      .option('--set <name>', 'the set that they replace', 'default')
      .option('--folder <path>', 'a folder of the FTP site; with "/*" at its end each folder in it is a set')
      .option('--from-channel <name>', 'a channel of packets instead of a folder')
      .option('--most-errors <percent>', 'refuse a file in which more rows have errors (proposed: 5)')
      .option(
        '--least-rows <percent>',
        'refuse a file with fewer rows, against the published set (proposed: 90)',
      )
      .option('--encoding <name>', 'automatic (UTF-8 and UTF-16) or windows-1252')
      .option('--decimals <sign>', 'between whole and fraction: "." or ","')
      .option('--thousands <sign>', 'between groups of three digits: "", ",", ".", " " or "\'"')
      .option('--dates <order>', 'year-month-day, day-month-year or month-day-year')
      .option('--keep <count>', 'archived editions to keep for undoing (proposed: 5)')
      .option('--recipients <addresses...>', 'who gets the report by e-mail')
      .option('--mail-on-start', 'an e-mail at the beginning, too')
      .option('--move-to-done', 'keep imported files on the FTP site, in "done"')
      .action((name: string, options: AddOptions) => act((context) => add(context, name, options))),
    [
      'branchline imports channels add rate-book --dataset rate-book --folder ratebooks',
      "branchline imports channels add rates --dataset rate-book --folder 'ratebooks/*' --most-errors 2",
      'branchline imports channels add customers --dataset customers --from-channel customers',
    ],
  );
  addExamples(
    channels
      .command('remove <name>')
      .description('Removes an import channel. Its sets stay as they are.')
      .action((name: string) => act((context) => remove(context, name))),
    ['branchline imports channels remove rate-book'],
  );
}
