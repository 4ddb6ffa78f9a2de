export const upkeep = {
  title: 'Check and support',
  description: 'Whether everything is there that this site needs, and one file for whoever helps you.',
  checkEverything: 'Check everything',
  checkTruth:
    'Looks at settings, secrets, folders, disk, ledger, queue, server, home directory, clock, schedule and mail. It writes a small file on the server and removes it again.',
  writeDiagnostics: 'Write diagnostics…',
  diagnosticsTruth:
    'One text file with settings, this check, the last transmissions and the end of the log. There is no password in it; host names, folders and file names are.',
  withNames: 'Leave user names and e-mail addresses in',
  checking: 'Checking everything…',
  writing: 'Gathering diagnostics…',
  written: (file: string) => `Written: ${file}. Read it before you send it.`,
  good: 'All is well',
  bad: 'Not everything is well',
  stopped: 'Stopped',
} as const;
