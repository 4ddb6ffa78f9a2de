import type { ServiceSpec } from './service.ts';
import { xmlText } from './xmlText.ts';

/** The machine's own account, for a task that belongs to no person. */
const localSystem = 'S-1-5-18';

/**
 * A task for Windows' Task Scheduler that keeps `branchline engine` running from the machine's start on.
 *
 * Promise: runs with nobody logged in and without a kept password (S4U). Such a session cannot open the person's
 *          Credential Manager: secrets come from the vault, whose key file is named by an argument, because a task has
 *          no variables of its own.
 * Source:  Task Scheduler Schema (learn.microsoft.com, Task Scheduler reference).
 */
export function taskXml(spec: ServiceSpec): string {
  const [program = '', ...before] = spec.program;
  const words = [
    ...before,
    '--data-dir',
    spec.dataDir,
    'engine',
    '--quiet',
    ...(spec.vaultKeyFile === undefined ? [] : ['--vault-key-file', spec.vaultKeyFile]),
  ];
  const principal =
    spec.scope === 'system' && spec.account === undefined
      ? [`      <UserId>${localSystem}</UserId>`]
      : [`      <UserId>${xmlText(spec.account ?? '')}</UserId>`, '      <LogonType>S4U</LogonType>'];
  return [
    '<?xml version="1.0" encoding="UTF-16"?>',
    '<Task version="1.3" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">',
    '  <RegistrationInfo>',
    '    <Description>Branchline: exchanges data between a central office and its stores.</Description>',
    '  </RegistrationInfo>',
    '  <Triggers>',
    '    <BootTrigger>',
    '      <Enabled>true</Enabled>',
    '      <Delay>PT30S</Delay>',
    '    </BootTrigger>',
    '  </Triggers>',
    '  <Principals>',
    '    <Principal id="Author">',
    ...principal,
    '      <RunLevel>LeastPrivilege</RunLevel>',
    '    </Principal>',
    '  </Principals>',
    '  <Settings>',
    '    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>',
    '    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>',
    '    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>',
    '    <StartWhenAvailable>true</StartWhenAvailable>',
    '    <Enabled>true</Enabled>',
    // Never ended for having run long.
    '    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>',
    '    <RestartOnFailure>',
    '      <Interval>PT1M</Interval>',
    '      <Count>255</Count>',
    '    </RestartOnFailure>',
    '  </Settings>',
    '  <Actions Context="Author">',
    '    <Exec>',
    `      <Command>${xmlText(program)}</Command>`,
    `      <Arguments>${xmlText(words.map(windowsWord).join(' '))}</Arguments>`,
    '    </Exec>',
    '  </Actions>',
    '</Task>',
    '',
  ].join('\r\n');
}

/**
 * A word as Windows programs take their command line apart.
 *
 * Source: CommandLineToArgvW: a backslash counts double only before a quotation mark.
 */
export function windowsWord(word: string): string {
  if (/^[^\s"]+$/.test(word)) return word;
  return `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
}
