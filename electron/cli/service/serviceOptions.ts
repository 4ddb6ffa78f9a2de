import { type Command, Option } from 'commander';

/** Which service: what all three commands take. */
export function addServiceOptions(command: Command): Command {
  return command
    .option('--name <name>', 'tells the services of several sites on one machine apart', 'branchline')
    .addOption(
      new Option(
        '--scope <scope>',
        'whose service it is: of this person, or of the machine (as root); root means system unless said',
      ).choices(['user', 'system']),
    );
}
