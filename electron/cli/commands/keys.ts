import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { KeyPairView } from '../../../shared/contract/accessCalls.ts';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { done, listing } from '../answer.ts';
import { askPassword, passphraseKind } from '../askPassword.ts';
import type { CliParts } from '../cliParts.ts';
import { safeText } from '../output/safeText.ts';

interface CreateOptions {
  readonly type: 'ed25519' | 'rsa';
  readonly comment?: string;
  readonly passphrase?: true;
  readonly passphraseStdin?: true;
  readonly use?: true;
}

function describe({ keyFile, publicKey, fingerprint }: KeyPairView): string[] {
  return [
    `  Private key: ${safeText(keyFile)} (stays on this machine)`,
    `  Fingerprint: ${fingerprint}`,
    '  Send this line to the provider:',
    '',
    safeText(publicKey),
  ];
}

async function readPassphrase(parts: CliParts, options: CreateOptions): Promise<string | undefined> {
  if (options.passphrase === undefined && options.passphraseStdin === undefined) return undefined;
  const fromStdin = options.passphraseStdin === true;
  return await askPassword(parts, fromStdin, 'Passphrase of the new key (it is not shown): ', passphraseKind);
}

function addCreate(keys: Command, act: Act): void {
  const command = keys
    .command('create [file]')
    .description(
      'Makes a key pair for SFTP and shows the public line to send to the provider. Without a file it is kept in the data directory; nothing is ever overwritten.',
    )
    .addOption(
      new Option('--type <type>', 'ed25519, or rsa (4096 bits) for servers that know nothing newer')
        .choices(['ed25519', 'rsa'])
        .default('ed25519'),
    )
    .option('--comment <text>', 'what the public line ends with, for people')
    .option('--passphrase', 'ask for a passphrase that protects the private key')
    .option('--passphrase-stdin', 'read that passphrase from standard input')
    .option(
      '--use',
      'log on with it from now on: sets ftp.keyFile and ftp.logonType, and keeps the passphrase',
    )
    .action((file: string | undefined, options: CreateOptions) =>
      act(async (context) => {
        const passphrase = await readPassphrase(context.parts, options);
        return context.withEngine(async (engine) => {
          const made = await engine.ask('access.createKey', {
            type: options.type,
            ...(file === undefined ? {} : { path: resolve(file) }),
            ...(options.comment === undefined ? {} : { comment: options.comment }),
            ...(passphrase === undefined ? {} : { passphrase }),
            use: options.use === true,
          });
          const used = options.use === true ? ['It is the key file of the FTP Configuration now.'] : [];
          return done(made, ['Made a key pair.', ...used, ...describe(made)]);
        });
      }),
    );
  addExamples(command, [
    'branchline keys create --use --comment "store 0012"',
    'branchline keys create /etc/branchline/key --type rsa --passphrase',
  ]);
}

function addShow(keys: Command, act: Act): void {
  const command = keys
    .command('show [file]')
    .description(
      'Shows the public line and the fingerprint of a key file; without a file, of the configured one.',
    )
    .action((file: string | undefined) =>
      act((context) =>
        context.withEngine(async (engine) => {
          const view = await engine.ask('access.showKey', file === undefined ? {} : { path: resolve(file) });
          return listing(view, describe(view));
        }),
      ),
    );
  addExamples(command, ['branchline keys show', 'branchline keys show ~/.ssh/id_ed25519 --json']);
}

export function addKeys(program: Command, act: Act): void {
  const keys = program
    .command('keys')
    .summary('key pairs for logging on by SFTP')
    .description(
      'A key pair takes the place of a password with SFTP: the private half stays here, the public line goes to the provider.',
    );
  addExamples(keys, ['branchline keys create --use', 'branchline keys show']);
  addCreate(keys, act);
  addShow(keys, act);
}
