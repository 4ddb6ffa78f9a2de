import type { Command } from 'commander';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { answerPrompts } from '../answerPrompts.ts';
import { answerCheck } from '../output/answerCheck.ts';

export function addTestConnection(program: Command, act: Act): void {
  const command = program
    .command('test-connection')
    .summary('prove that we can connect and log in')
    .description('Proves that we can connect and log in, nothing more. It changes nothing on the server.')
    .action(() =>
      act((context) =>
        context.withEngine(async (engine) => {
          const report = await answerPrompts(context, engine, (attended) =>
            engine.testConnection({
              signal: context.parts.signal,
              attended,
              onStep: (step) => context.showStep(step.label),
            }),
          );
          return answerCheck('Test Connection', 'cannot-connect', report);
        }),
      ),
    );
  addExamples(command, ['branchline test-connection', 'branchline test-connection --json']);
}
