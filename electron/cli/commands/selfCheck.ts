import type { Command } from 'commander';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { answerPrompts } from '../answerPrompts.ts';
import { answerCheck } from '../output/answerCheck.ts';

export function addSelfCheck(program: Command, act: Act): void {
  const command = program
    .command('self-check')
    .summary('prove that the home directory can be worked in')
    .description(
      'Proves that the home directory can be read, written, renamed in and deleted from. It cleans up after itself.',
    )
    .action(() =>
      act((context) =>
        context.withEngine(async (engine) => {
          const report = await answerPrompts(context, engine, (attended) =>
            engine.selfCheck({
              signal: context.parts.signal,
              attended,
              onStep: (step) => context.showStep(step.label),
            }),
          );
          return answerCheck('Self-check', 'self-check-failed', report);
        }),
      ),
    );
  addExamples(command, ['branchline self-check', 'branchline self-check --json > report.json']);
}
