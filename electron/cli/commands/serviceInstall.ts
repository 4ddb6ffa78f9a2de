import { resolve } from 'node:path';
import type { Command } from 'commander';
import { systemRandom } from '../../engine/localMachine.ts';
import { installService } from '../../engine/service/actService.ts';
import { makeVaultKey } from '../../engine/service/makeVaultKey.ts';
import { checkServiceSecrets } from '../../engine/service/serviceSecrets.ts';
import { wordsForShell } from '../../engine/service/wordsForShell.ts';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { done, listing } from '../answer.ts';
import { safeText } from '../output/safeText.ts';
import {
  checkName,
  type ResolvedService,
  resolveService,
  type TypedService,
} from '../service/resolveService.ts';
import { addServiceOptions } from '../service/serviceOptions.ts';
import { usageError } from '../usageError.ts';

interface Typed extends TypedService {
  readonly makeVaultKey?: true;
  readonly dryRun?: true;
}

export function addServiceInstall(service: Command, act: Act): void {
  const command = addServiceOptions(service.command('install'))
    .summary('register it and start it')
    .description(
      'Registers `branchline engine` with the system and starts it; again, it is renewed and restarted. First it makes sure that the service will find the secrets it needs: with nobody logged in they come from the vault file. Nothing secret is moved.',
    )
    .option('--run-as <account>', 'who a service of the machine runs as; usually who owns the data directory')
    .option(
      '--vault-key-file <file>',
      'the file with the key of the vault; kept in the service, not its content',
    )
    .option('--make-vault-key', 'make such a file, readable by its owner only')
    .option('--dry-run', 'show the file and the commands, and change nothing')
    .action((options: Typed) =>
      act(async (context) => {
        const {
          parts,
          options: { dataDir },
        } = context;
        checkName(options.name);
        const wanted =
          options.makeVaultKey === true && options.vaultKeyFile === undefined
            ? { ...options, vaultKeyFile: resolveService(context, options).usualKeyFile }
            : options;
        const resolved = resolveService(context, wanted);
        if (options.dryRun === true) return listing(...shown(resolved));
        const { plan, scope, account } = resolved;
        const { me, actor } = parts.services;
        if (scope === 'system' && me.uid > 0) {
          throw usageError(
            'Only root can register a service of the machine.',
            'Run it as root (sudo), or install one of this person: --scope user',
          );
        }
        const made = options.makeVaultKey === true ? makeKey(resolved, me.uid) : [];
        for (const line of made) context.say(line);
        await checkServiceSecrets({
          dataDir,
          vaultKeyFile: resolved.vaultKeyFile,
          uid: account.uid === me.uid ? undefined : account.uid,
          mayUseKeychain: plan.manager === 'launchd' && scope === 'user',
          random: systemRandom,
        });
        const held = await parts.services.isServed(dataDir);
        const remarks = installService(plan, actor);
        return done({ file: plan.file.path, manager: plan.manager, scope, account: account.name, remarks }, [
          `Installed and started: ${safeText(plan.file.path)}`,
          ...[...remarks, ...plan.notes].map((line) => `  ${safeText(line)}`),
          ...(held ? [`  ${heldNote}`] : []),
          'See how it does with: branchline service status, branchline doctor',
        ]);
      }),
    );
  addExamples(command, [
    'branchline service install --dry-run',
    'branchline service install --make-vault-key',
    'sudo branchline service install --run-as branchline --data-dir /srv/branchline --vault-key-file /etc/branchline/branchline.key',
  ]);
}

const heldNote =
  'Another Branchline worked on this data directory a moment ago. If that is not this service, it takes over within half a minute after that one ends.';

function makeKey({ vaultKeyFile, account }: ResolvedService, me: number): string[] {
  if (vaultKeyFile === undefined) return [];
  const path = resolve(vaultKeyFile);
  const isNew = makeVaultKey(path, me === 0 && account.uid > 0 ? account.uid : undefined, systemRandom);
  return [
    isNew
      ? `Made a key for the vault: ${safeText(path)}. Keep a copy of it in a safe place: without it the vault cannot be opened.`
      : `The key ${safeText(path)} is there already and stays as it is.`,
  ];
}

function shown({ plan, scope, account, vaultKeyFile }: ResolvedService): [unknown, string[]] {
  const commands = plan.install.map(({ words }) => wordsForShell(words));
  const { path, text } = plan.file;
  return [
    {
      file: path,
      content: text,
      commands,
      manager: plan.manager,
      scope,
      account: account.name,
      vaultKeyFile,
    },
    [`# ${safeText(path)}`, ...text.split(/\r?\n/), '# Then:', ...commands.map(safeText)],
  ];
}
