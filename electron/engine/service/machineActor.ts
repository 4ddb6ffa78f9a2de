import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeFileAtomic } from '../../platform/atomicWrite.ts';
import { fileErrorCode, plainFileError } from '../../platform/fileError.ts';
import type { ServiceActor } from './service.ts';

/** This machine. Errors: fix: `data-dir-not-writable` for a folder that needs an administrator. */
export const machineActor: ServiceActor = {
  read(path) {
    try {
      return readFileSync(path);
    } catch (error) {
      if (fileErrorCode(error) === 'ENOENT') return undefined;
      throw plainFileError(error, `the service's file ${path}`);
    }
  },
  write(path, content) {
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileAtomic(path, content, { mode: 0o644 });
    } catch (error) {
      throw plainFileError(error, `the service's file ${path}`);
    }
  },
  remove(path) {
    try {
      rmSync(path, { force: true });
    } catch (error) {
      throw plainFileError(error, `the service's file ${path}`);
    }
  },
  run([program = '', ...args]) {
    const { status, stdout, stderr, error } = spawnSync(program, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (error !== undefined) return { ok: false, output: error.message };
    return { ok: status === 0, output: `${stdout}${stderr}` };
  },
};
