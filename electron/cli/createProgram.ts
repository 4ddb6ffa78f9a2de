import { Command } from 'commander';
import type { Act } from './act.ts';
import { addExamples } from './addExamples.ts';
import { addAlerts } from './commands/alerts.ts';
import { addAppends } from './commands/appends.ts';
import { addChannels } from './commands/channels.ts';
import { addConfig } from './commands/config.ts';
import { addCustomerFiles } from './commands/customerFiles.ts';
import { addDatasets } from './commands/datasets.ts';
import { addDemo } from './commands/demo.ts';
import { addDiagnostics } from './commands/diagnostics.ts';
import { addDoctor } from './commands/doctor.ts';
import { addDropFolders } from './commands/dropFolders.ts';
import { addEngine } from './commands/engine.ts';
import { addExports } from './commands/exports.ts';
import { addHistory } from './commands/history.ts';
import { addImports } from './commands/imports.ts';
import { addInit } from './commands/init.ts';
import { addKeys } from './commands/keys.ts';
import { addMail } from './commands/mail.ts';
import { addQueue } from './commands/queue.ts';
import { addRecords } from './commands/records.ts';
import { addResend } from './commands/resend.ts';
import { addSelfCheck } from './commands/selfCheck.ts';
import { addServe } from './commands/serve.ts';
import { addService } from './commands/service.ts';
import { addStatus } from './commands/status.ts';
import { addSubscriptions } from './commands/subscriptions.ts';
import { addTestConnection } from './commands/testConnection.ts';
import { addTransmit } from './commands/transmit.ts';
import { addTrust } from './commands/trust.ts';
import { addUnpack } from './commands/unpack.ts';
import { addVerify } from './commands/verify.ts';
import { addGlobalOptions } from './globalOptions.ts';

interface ProgramParts {
  readonly version: string;
  /** Takes help and version texts; errors come as a thrown CommanderError instead. */
  write(text: string): void;
  readonly act: Act;
}

/** The whole command line: what can be typed, and the help that says so. */
export function createProgram(parts: ProgramParts): Command {
  const program = new Command('branchline');
  program
    .description(
      'Exchanges data between a central office and its stores through one shared FTP home directory.',
    )
    .version(parts.version, '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => parts.write(text),
      writeErr: (text) => parts.write(text),
      outputError: () => undefined,
    });
  addGlobalOptions(program);
  addExamples(program, [
    'branchline demo',
    'branchline init --role store --number 0012 --name "Riverside"',
    'branchline transmit',
  ]);
  for (const add of [
    addInit,
    addConfig,
    addChannels,
    addImports,
    addTestConnection,
    addSelfCheck,
    addTrust,
    addKeys,
    addTransmit,
    addStatus,
    addQueue,
    addResend,
    addAlerts,
    addMail,
    addHistory,
    addDatasets,
    addRecords,
    addDropFolders,
    addCustomerFiles,
    addVerify,
    addUnpack,
    addExports,
    addSubscriptions,
    addAppends,
    addServe,
    addEngine,
    addService,
    addDoctor,
    addDiagnostics,
    addDemo,
  ]) {
    add(program, parts.act);
  }
  return program;
}
