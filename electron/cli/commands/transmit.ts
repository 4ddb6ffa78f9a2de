import { type Command, Option } from 'commander';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { answerTransmission } from '../output/answerTransmission.ts';

export function addTransmit(program: Command, act: Act): void {
  const command = program
    .command('transmit')
    .summary('send what is waiting, then fetch what has come')
    .description('Runs one transmission: export, then import, then receipts and clean-up.')
    .addOption(new Option('--export-only', 'send, but do not fetch').conflicts('importOnly'))
    .addOption(new Option('--import-only', 'fetch, but do not send').conflicts('exportOnly'))
    .action((options: { exportOnly?: true; importOnly?: true }) =>
      act((context) =>
        context.withEngine(async (engine) => {
          const mode = options.exportOnly ? 'export-only' : options.importOnly ? 'import-only' : 'full';
          const stop = () =>
            context.say('Stopping… (Ctrl-C again ends at once; the next run picks up from here)');
          context.parts.signal.addEventListener('abort', stop, { once: true });
          try {
            const result = await engine.transmit({
              mode,
              signal: context.parts.signal,
              onProgress: (progress) => context.showProgress(progress),
              onNote: (note) => context.showNote(note),
            });
            return answerTransmission(result);
          } finally {
            context.parts.signal.removeEventListener('abort', stop);
          }
        }),
      ),
    );
  addExamples(command, [
    'branchline transmit',
    'branchline transmit --export-only --quiet',
    'branchline transmit --json > result.json',
  ]);
}
