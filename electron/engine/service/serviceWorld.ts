import { spawnSync } from 'node:child_process';
import { realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { currentUser } from '../../platform/currentUser.ts';
import { isServed } from '../host/isServed.ts';
import { machineActor } from './machineActor.ts';
import type { ServiceActor } from './service.ts';

export interface Account {
  readonly uid: number;
  readonly name: string;
}

/** What registering a service asks of this machine. */
export interface ServiceWorld {
  readonly platform: NodeJS.Platform;
  /** How this program is started: Node, and the script. */
  readonly program: readonly string[];
  readonly home: string;
  /** Who asks. `uid` is 0 for root; -1 on Windows. */
  readonly me: Account;
  readonly actor: ServiceActor;
  /** Undefined for a folder that is not there, and on Windows. */
  ownerOf(folder: string): Account | undefined;
  accountNamed(name: string): Account | undefined;
  /** An engine works on this data directory. */
  isServed(dataDir: string): Promise<boolean>;
}

/** This machine, for a program that was started by this script. */
export function machineServices(script: string): ServiceWorld {
  const me = currentUser();
  const domain = process.env['USERDOMAIN'];
  const isWindows = process.platform === 'win32';
  return {
    platform: process.platform,
    get program() {
      return [process.execPath, realpathSync(resolve(script))];
    },
    home: homedir(),
    me: isWindows && domain !== undefined ? { ...me, name: `${domain}\\${me.name}` } : me,
    actor: machineActor,
    ownerOf(folder) {
      const stat = statSync(folder, { throwIfNoEntry: false });
      if (stat === undefined || isWindows) return undefined;
      return { uid: stat.uid, name: answerOf('id', '-un', '--', String(stat.uid)) ?? String(stat.uid) };
    },
    accountNamed(name) {
      if (isWindows) return { uid: -1, name };
      const found = answerOf('id', '-u', '--', name);
      return found === undefined ? undefined : { uid: Number(found), name };
    },
    isServed,
  };
}

function answerOf(program: string, ...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
