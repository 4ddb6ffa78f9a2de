import type { Command } from 'commander';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { addConfigSet } from './configSet.ts';
import { addConfigShow } from './configShow.ts';
import { addConfigUnset } from './configUnset.ts';

export function addConfig(program: Command, act: Act): void {
  const config = program
    .command('config')
    .summary('show or change the settings')
    .description('Shows or changes the settings, above all the FTP Configuration.');
  addExamples(config, [
    'branchline config show',
    'branchline config set ftp.host=ftp.example.com ftp.username=office',
  ]);
  addConfigShow(config, act);
  addConfigSet(config, act);
  addConfigUnset(config, act);
}
