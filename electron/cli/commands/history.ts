import { type Command, InvalidArgumentError } from 'commander';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { listHistory } from './historyList.ts';
import { listNotes } from './historyNotes.ts';
import { showRun } from './historyShow.ts';

function readLimit(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw new InvalidArgumentError('It must be a whole number from 1 to 999999.');
  return Number(text);
}

function readNotesLimit(text: string): number {
  const limit = readLimit(text);
  if (limit > 1000) throw new InvalidArgumentError('It must be a whole number from 1 to 1000.');
  return limit;
}

export function addHistory(program: Command, act: Act): void {
  const history = program
    .command('history')
    .summary('past transmissions')
    .description('Lists past transmissions, or shows one in full.');
  addExamples(history, ['branchline history', 'branchline history show']);
  addExamples(
    history
      .command('list', { isDefault: true })
      .description('Lists past transmissions, the latest first.')
      .option('--limit <count>', 'how many', readLimit, 20)
      .action((options: { limit: number }) => act((context) => listHistory(context, options.limit))),
    ['branchline history list', 'branchline history list --limit 100 --json'],
  );
  addExamples(
    history
      .command('notes')
      .description(
        'Lists what was noted besides transmissions, the latest first: settings that were saved without proof.',
      )
      .option('--limit <count>', 'how many', readNotesLimit, 20)
      .action((options: { limit: number }) => act((context) => listNotes(context, options.limit))),
    ['branchline history notes', 'branchline history notes --json'],
  );
  addExamples(
    history
      .command('show [transmission]')
      .description(
        'Shows a transmission with its log, packets and files: the latest, or the one whose id begins so.',
      )
      .action((id: string | undefined) => act((context) => showRun(context, id))),
    ['branchline history show', 'branchline history show 019abc12'],
  );
}
