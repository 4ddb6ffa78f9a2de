import { type Command, Option } from 'commander';
import { z } from 'zod';
import { exportSettingsSchema } from '../../../shared/exportsSettings.ts';
import { rowFilterSchema } from '../../../shared/rowFilter.ts';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { done } from '../answer.ts';
import { formatTime } from '../output/formatAmounts.ts';
import { usageError } from '../usageError.ts';

interface AddOptions {
  readonly dataset?: string;
  readonly set?: string;
  readonly folder?: string;
  readonly columns?: string;
  readonly filter?: readonly string[];
  readonly changes?: true;
  readonly every?: string;
  readonly from?: string;
  readonly through?: string;
  readonly at?: string;
  readonly keepDays?: string;
  readonly keepFormulas?: true;
}

/** `city is Leeds`, `since at-least 2026-01-01`, `email not-empty`. */
function parseFilter(typed: string): z.infer<typeof rowFilterSchema> {
  const match = /^(\S+)\s+(\S+)(?:\s+(.*))?$/.exec(typed.trim());
  const parsed = rowFilterSchema.safeParse({
    column: match?.[1],
    operator: match?.[2],
    value: match?.[3] ?? '',
  });
  if (parsed.success) return parsed.data;
  throw usageError(
    `${JSON.stringify(typed)} is not a filter.`,
    'A filter is a column, an operator and a value: --filter "city is Leeds". Operators: is, is-not, contains, at-least, at-most, empty, not-empty.',
  );
}

function wholeNumber(option: string, typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  if (/^\d{1,6}$/.test(typed)) return Number(typed);
  throw usageError(
    `${option} takes a whole number, not ${JSON.stringify(typed)}.`,
    `For example: ${option} 30`,
  );
}

const words = (typed: string | undefined) =>
  typed
    ?.split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** The settings that were typed; what was not typed has its usual value. Errors: usage (fix), naming the field. */
function exportFromOptions(name: string, options: AddOptions): z.infer<typeof exportSettingsSchema> {
  const every = wholeNumber('--every', options.every);
  const at = words(options.at);
  const isScheduled = every !== undefined || at !== undefined;
  const given = {
    name,
    dataset: options.dataset ?? name,
    set: options.set,
    folder: options.folder ?? `exports/${name}`,
    columns: words(options.columns),
    filters: options.filter?.map(parseFilter),
    kind: options.changes === true ? 'changes' : undefined,
    keepDays: wholeNumber('--keep-days', options.keepDays),
    neutraliseFormulas: options.keepFormulas === true ? false : undefined,
    schedule: isScheduled
      ? { enabled: true, everyMinutes: every ?? 0, from: options.from, through: options.through, at }
      : undefined,
  };
  const parsed = exportSettingsSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw usageError(z.prettifyError(parsed.error).slice(0, 1000), 'See: branchline exports add --help');
}

export function addExportsAdd(exports: Command, act: Act): void {
  const command = exports
    .command('add <name>')
    .description(
      'Adds an export, or changes the one of this name. Without options it writes the dataset of the same name into exports/<name>, on demand.',
    )
    .option('--dataset <name>', 'the dataset (default: the one named like the export)')
    .option('--set <name>', 'one set of it (default: all)')
    .option('--folder <path>', 'folder on the FTP site (default: exports/<name>)')
    .option('--columns <names>', 'columns in this order, joined by commas (default: all)')
    .addOption(
      new Option('--filter <text>', 'only rows like "city is Leeds"; may be given again').argParser(
        (value: string, before: string[] | undefined) => [...(before ?? []), value],
      ),
    )
    .option('--changes', 'only what was added or changed since the last file')
    .option('--every <minutes>', 'run every so many minutes')
    .option('--from <time>', 'with --every: from this time of day on, such as 07:00')
    .option('--through <time>', 'with --every: through this time of day')
    .option('--at <times>', 'run at these times, such as 07:00,19:30')
    .option('--keep-days <days>', 'remove older files after so many days; 0: never (default: 30)')
    .option('--keep-formulas', 'leave values as they are that a spreadsheet would run as a formula')
    .action((name: string, options: AddOptions) =>
      act((context) =>
        context.withEngine(async (engine) => {
          const settings = exportFromOptions(name, options);
          const view = await engine.ask('exports.save', { settings });
          const when =
            view.nextMs === undefined
              ? `It runs on demand: branchline exports run ${name}`
              : `It runs next at ${formatTime(view.nextMs)}.`;
          return done(view, [
            `The export ${name} writes ${settings.dataset} into ${settings.folder}. ${when}`,
          ]);
        }),
      ),
    );
  addExamples(command, [
    'branchline exports add users --every 60 --from 07:00 --through 19:00',
    'branchline exports add enquiries --changes --at 06:00',
    'branchline exports add leeds --dataset customers --filter "city is Leeds" --columns name,email',
  ]);
}
