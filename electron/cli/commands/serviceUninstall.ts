import type { Command } from 'commander';
import { uninstallService } from '../../engine/service/actService.ts';
import { wordsForShell } from '../../engine/service/wordsForShell.ts';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { done, listing } from '../answer.ts';
import { safeText } from '../output/safeText.ts';
import { checkName, resolveService, type TypedService } from '../service/resolveService.ts';
import { addServiceOptions } from '../service/serviceOptions.ts';

export function addServiceUninstall(service: Command, act: Act): void {
  const command = addServiceOptions(service.command('uninstall'))
    .summary('end it and take it away')
    .description(
      'Ends the service and takes its registration away. Settings, records, files, the vault and its key stay.',
    )
    .option('--dry-run', 'show the commands, and change nothing')
    .action((options: TypedService & { dryRun?: true }) =>
      act((context) => {
        checkName(options.name);
        const { plan } = resolveService(context, options);
        const { path } = plan.file;
        const value = { file: path, removed: false };
        if (options.dryRun === true) {
          const commands = [
            ...plan.stop.map(({ words }) => wordsForShell(words)),
            wordsForShell(['rm', path]),
            ...plan.forget.map(({ words }) => wordsForShell(words)),
          ];
          return listing({ ...value, commands }, commands.map(safeText));
        }
        if (!uninstallService(plan, context.parts.services.actor)) {
          return done(value, [`There is no such service: ${safeText(path)}`]);
        }
        return done({ ...value, removed: true }, [
          `Removed: ${safeText(path)}`,
          'Settings, records and files are as they were.',
        ]);
      }),
    );
  addExamples(command, ['branchline service uninstall', 'branchline service uninstall --dry-run']);
}
