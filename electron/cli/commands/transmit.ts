import { type Command, Option } from 'commander';
import type { RunNote } from '../../../shared/progress.ts';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { answerPrompts } from '../answerPrompts.ts';
import { answerTransmission } from '../output/answerTransmission.ts';
import { safeText } from '../output/safeText.ts';

export function addTransmit(program: Command, act: Act): void {
  const command = program
    .command('transmit')
    .summary('send what is waiting, then fetch what has come')
    .description(
      'Runs one transmission: export, then import, then receipts and clean-up. Where Branchline is open already, it runs there: one under way is joined, and Ctrl-C ends only one that this command started.',
    )
    .addOption(new Option('--export-only', 'send, but do not fetch').conflicts('importOnly'))
    .addOption(new Option('--import-only', 'fetch, but do not send').conflicts('exportOnly'))
    .option('--now', 'try a suspended connection at once, without waiting for its time')
    .option(
      '--unattended',
      'nobody looks on: after a refused log-in, do not log in again until a person did something',
    )
    .action((options: { exportOnly?: true; importOnly?: true; now?: true; unattended?: true }) =>
      act((context) =>
        context.withEngine(async (engine) => {
          const mode = options.exportOnly ? 'export-only' : options.importOnly ? 'import-only' : 'full';
          const stop = () =>
            context.say('Stopping… (Ctrl-C again ends at once; the next run picks up from here)');
          context.parts.signal.addEventListener('abort', stop, { once: true });
          const notes: RunNote[] = [];
          try {
            if (options.now) await engine.ask('suspension.release', {});
            const transmit = (attended: boolean) =>
              engine.transmit({
                mode,
                unattended: options.unattended,
                attended,
                signal: context.parts.signal,
                onProgress: (progress) => context.showProgress(progress),
                onNote: (note) => notes.push(note),
              });
            const result = options.unattended
              ? await transmit(false)
              : await answerPrompts(context, engine, transmit);
            context.eraseProgress();
            // What the result says itself is not said twice; with --verbose the log has said it all.
            const said = [...result.attention.map(({ text }) => text), result.error?.message];
            for (const note of context.options.verbose ? [] : notes) {
              if (note.level !== 'info' && !said.includes(note.text))
                context.say(safeText(`Note: ${note.text}`));
            }
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
    'branchline transmit --now',
    'branchline transmit --unattended --json',
    'branchline transmit --json > result.json',
  ]);
}
