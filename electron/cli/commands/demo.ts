import type { Command } from 'commander';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { done, failing } from '../answer.ts';
import { formatCount } from '../output/formatAmounts.ts';
import { safeText } from '../output/safeText.ts';

export function addDemo(program: Command, act: Act): void {
  const command = program
    .command('demo')
    .summary('watch an office of four sites exchange files')
    .description(
      'Starts a practice FTP site on this machine, lets a central office and three stores exchange made-up files through it, and checks every one. It leaves nothing behind.',
    )
    .option('--keep', 'keep the folders, and print where they are')
    .action((options: { keep?: true }) =>
      act(async (context) => {
        const report = await context.parts.runDemo({
          keep: options.keep === true,
          signal: context.parts.signal,
          say: (line) => context.tell(safeText(line)),
          onProgress: (who, progress) => context.showProgress(progress, who),
        });
        const kept =
          report.keptIn === undefined ? 'Nothing is left behind.' : `Kept in ${safeText(report.keptIn)}`;
        if (report.agreed) {
          const checked = formatCount(report.filesChecked, 'file');
          return done(report, [
            '',
            `All is well: ${checked} arrived where they should, every hash agrees. ${kept}`,
          ]);
        }
        const error = {
          code: 'demo-failed',
          class: 'fix',
          message: `The demo found ${formatCount(report.problems.length, 'problem')}.`,
          advice: 'Run it again with --keep and --verbose, and send what it prints to your supplier.',
        } as const;
        return failing(error, report, [
          '',
          error.message,
          ...report.problems.map((text) => `  - ${safeText(text)}`),
          kept,
        ]);
      }),
    );
  addExamples(command, ['branchline demo', 'branchline demo --keep']);
}
