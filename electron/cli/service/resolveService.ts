import { posix, resolve, win32 } from 'node:path';
import { managerOf, planService } from '../../engine/service/planService.ts';
import type { ServicePlan, ServiceScope } from '../../engine/service/service.ts';
import type { Account } from '../../engine/service/serviceWorld.ts';
import type { Context } from '../context.ts';
import { usageError } from '../usageError.ts';

export interface TypedService {
  readonly name: string;
  readonly scope?: ServiceScope;
  readonly runAs?: string;
  readonly vaultKeyFile?: string;
}

export interface ResolvedService {
  readonly plan: ServicePlan;
  readonly scope: ServiceScope;
  /** Who it runs as. */
  readonly account: Account;
  readonly vaultKeyFile: string | undefined;
  /** Where the key is looked for, and made, when none is named. */
  readonly usualKeyFile: string;
}

/** What was typed, with what this machine says, as a plan. Errors: usage. */
export function resolveService({ parts, options }: Context, typed: TypedService): ResolvedService {
  const { services: world, env } = parts;
  const { dataDir } = options;
  const { platform, me } = world;
  const isWindows = platform === 'win32';
  const scope = typed.scope ?? (me.uid === 0 ? 'system' : 'user');
  const account = accountOf();
  const usualKeyFile = usualKeyPlace();
  const named = typed.vaultKeyFile ?? (env['BRANCHLINE_VAULT_KEY_FILE'] || undefined);
  const usual = world.actor.read(usualKeyFile) === undefined ? undefined : usualKeyFile;
  const vaultKeyFile = named === undefined ? usual : resolve(named);
  const spec = {
    name: typed.name,
    scope,
    program: world.program,
    dataDir,
    vaultKeyFile,
    account: scope === 'system' || isWindows ? account.name : undefined,
  };
  const places = { home: world.home, configHome: env['XDG_CONFIG_HOME'] || undefined, uid: me.uid };
  const plan = planService(managerOf(platform), spec, places);
  return { plan, scope, account, vaultKeyFile, usualKeyFile };

  function accountOf(): Account {
    if (typed.runAs !== undefined) {
      if (scope === 'user' && !isWindows) {
        throw usageError(
          '--run-as needs a service of the machine.',
          'Add --scope system, or install it as that person.',
        );
      }
      const found = world.accountNamed(typed.runAs);
      if (found !== undefined) return found;
      throw usageError(
        `There is no account ${JSON.stringify(typed.runAs)}.`,
        'Make it first, or name another.',
      );
    }
    // Whoever owns the files can work with them.
    return (scope === 'system' ? world.ownerOf(dataDir) : undefined) ?? me;
  }

  function usualKeyPlace(): string {
    const file = `${typed.name}.key`;
    if (isWindows) {
      const base = env['LOCALAPPDATA'] || win32.join(world.home, 'AppData', 'Local');
      return win32.join(base, 'Branchline keys', file);
    }
    if (scope === 'system') {
      const base = platform === 'darwin' ? '/Library/Application Support/Branchline keys' : '/etc/branchline';
      return posix.join(base, file);
    }
    return posix.join(env['XDG_CONFIG_HOME'] || posix.join(world.home, '.config'), 'branchline', file);
  }
}

/** Errors: usage. */
export function checkName(name: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9-]{0,40}$/.test(name)) return name;
  throw usageError(
    `${JSON.stringify(name)} cannot be the name of a service.`,
    'Use up to 41 letters, digits and "-", for example: --name branchline-riverside',
  );
}
