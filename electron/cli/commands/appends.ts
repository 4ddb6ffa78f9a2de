import type { Command } from 'commander';
import { z } from 'zod';
import { appendSchema } from '../../../shared/appendsSettings.ts';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { done, listing } from '../answer.ts';
import { formatTable } from '../output/formatTable.ts';
import { requireSettings } from '../settings/requireSettings.ts';
import { usageError } from '../usageError.ts';

export function addAppends(program: Command, act: Act): void {
  const appends = program
    .command('appends')
    .summary('channels whose files fill datasets')
    .description(
      'Files that come in such a channel (CSV with a header row, or JSON lines) are added to a dataset row by row: sign-ups, enquiries.',
    );
  addExamples(appends, ['branchline appends add sign-ups --dataset users', 'branchline appends list']);
  addExamples(
    appends
      .command('list', { isDefault: true })
      .description('Lists the channels that fill datasets.')
      .action(() =>
        act((context) =>
          context.withEngine(async (engine) => {
            requireSettings(engine);
            const rows = await engine.ask('appends.list', {});
            const lines =
              rows.length === 0
                ? ['No channel fills a dataset yet.']
                : formatTable(
                    ['Channel', 'Fills'],
                    rows.map(({ channel, dataset, set }) => [channel, `${dataset}/${set}`]),
                  );
            return listing(rows, lines);
          }),
        ),
      ),
    ['branchline appends list'],
  );
  addExamples(
    appends
      .command('add <channel>')
      .description('Has the files of a channel added to a dataset, from the next transmission on.')
      .requiredOption('--dataset <name>', 'the dataset')
      .option('--set <name>', 'the set of it', 'default')
      .action((channel: string, options: { dataset: string; set: string }) =>
        act((context) =>
          context.withEngine(async (engine) => {
            const parsed = appendSchema.safeParse({ channel, ...options });
            if (!parsed.success) {
              throw usageError(
                z.prettifyError(parsed.error).slice(0, 500),
                'For example: branchline appends add sign-ups --dataset users',
              );
            }
            await engine.ask('appends.save', { append: parsed.data });
            return done(parsed.data, [
              `Files that come in the channel ${channel} are added to ${options.dataset}/${options.set}.`,
            ]);
          }),
        ),
      ),
    ['branchline appends add sign-ups --dataset users'],
  );
  addExamples(
    appends
      .command('remove <channel>')
      .description('Files of this channel only arrive from then on. Rows that were added stay.')
      .action((channel: string) =>
        act((context) =>
          context.withEngine(async (engine) => {
            await engine.ask('appends.remove', { channel });
            return done({ removed: channel }, [`The channel ${channel} does not fill a dataset any more.`]);
          }),
        ),
      ),
    ['branchline appends remove sign-ups'],
  );
}
