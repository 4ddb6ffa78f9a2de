import type { Command } from 'commander';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { answerCheck } from '../output/answerCheck.ts';
import { watchCheck } from '../watchCheck.ts';

export function addDoctor(program: Command, act: Act): void {
  const command = program
    .command('doctor')
    .summary('check everything this site needs')
    .description(
      'Checks everything this site needs: settings, secrets, folders, disk space, ledger, queue, connection, server, home directory, clock, schedule and mail. The verdict comes first. It cleans up after itself, as the self-check does.',
    )
    .option('--offline', 'do not ask the server')
    .action((options: { offline?: true }) =>
      act((context) =>
        context.withEngine(async (engine) => {
          const offline = options.offline === true;
          const report = await watchCheck(context, engine, (checkId) =>
            engine.ask('upkeep.doctor', { checkId, offline }),
          );
          return answerCheck('Doctor', 'doctor-failed', report);
        }),
      ),
    );
  addExamples(command, ['branchline doctor', 'branchline doctor --offline --json']);
}
