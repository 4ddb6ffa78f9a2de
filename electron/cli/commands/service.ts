import type { Command } from 'commander';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { addServiceInstall } from './serviceInstall.ts';
import { addServiceStatus } from './serviceStatus.ts';
import { addServiceUninstall } from './serviceUninstall.ts';

export function addService(program: Command, act: Act): void {
  const service = program
    .command('service')
    .summary('have the system keep Branchline running')
    .description(
      'Registers `branchline engine` with systemd, launchd or the Windows Task Scheduler, so that the schedule is kept with nobody logged in.',
    );
  addExamples(service, ['branchline service install', 'branchline service status']);
  for (const add of [addServiceInstall, addServiceUninstall, addServiceStatus]) add(service, act);
}
