import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ServiceScope } from '../../electron/engine/service/service.ts';
import { systemdUnit } from '../../electron/engine/service/systemdUnit.ts';
import { temporaryFolder } from '../platform/temporaryFolder.ts';
import { awkward, specOf } from './specs.ts';

const { CI } = process.env;
const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;
const suite = hasSystemd || CI === 'true' ? describe : describe.skip;

/** What systemd itself says of a unit; nothing when it is well. */
function complaints(unit: string, scope: ServiceScope): string {
  const folder = temporaryFolder();
  const path = join(folder, 'branchline.service');
  writeFileSync(path, unit);
  const args = ['verify', '--man=no', ...(scope === 'user' ? ['--user'] : []), path];
  const ran = spawnSync('systemd-analyze', args, {
    encoding: 'utf8',
    env: { ...process.env, XDG_RUNTIME_DIR: folder, LC_ALL: 'C.UTF-8' },
  });
  return `${ran.error?.message ?? ''}${ran.status === 0 ? '' : `exit ${ran.status}\n`}${ran.stdout}${ran.stderr}`;
}

/** A program at an awkward place. */
function programIn(name: string): string {
  const folder = join(temporaryFolder(), name.replaceAll('/', '-'));
  mkdirSync(folder);
  const program = join(folder, 'node');
  writeFileSync(program, '#!/bin/sh\n');
  chmodSync(program, 0o755);
  return program;
}

suite('the systemd unit', () => {
  it.each(awkward.flatMap((name) => [[name, 'system'] as const, [name, 'user'] as const]))(
    'is well, says systemd, with everything in a folder called %j (%s)',
    (name, scope) => {
      const program = programIn(name);
      const unit = systemdUnit(
        specOf({
          scope,
          program: [program, join(program, '../cli.js')],
          dataDir: `/srv/${name}`,
          vaultKeyFile: `/etc/${name}.key`,
          account: scope === 'system' ? 'root' : undefined,
        }),
      );
      expect(complaints(unit, scope)).toBe('');
    },
  );

  it('would be refused if a path were written as it is', () => {
    const unit = systemdUnit(specOf({ program: [programIn('a b'), 'x'] }));
    expect(complaints(unit.replaceAll('"', ''), 'system')).not.toBe('');
    expect(complaints(unit.replace('Type=exec', 'Type=exce'), 'system')).not.toBe('');
    expect(complaints(unit.replace('ExecStart="', 'ExecStart="/%'), 'system')).not.toBe('');
  });

  it('runs a machine with little that it could harm, and says whom it runs as', () => {
    const unit = systemdUnit(specOf({ account: 'branchline' }));
    const folder = temporaryFolder();
    const path = join(folder, 'branchline.service');
    writeFileSync(path, unit.replace('/usr/bin/node', '/bin/true'));
    const report = execFileSync('systemd-analyze', ['security', '--offline=true', '--no-pager', path], {
      encoding: 'utf8',
    });
    const exposure = Number(/Overall exposure level.*?: ([\d.]+)/.exec(report)?.[1]);
    expect(exposure).toBeLessThan(5);
    expect(unit).toContain('\nUser=branchline\n');
  });
});

describe('the unit of a person', () => {
  it('starts with their session and asks for nothing that only root may do', () => {
    const unit = systemdUnit(specOf({ scope: 'user', account: undefined }));
    expect(unit).toContain('WantedBy=default.target');
    expect(unit).not.toMatch(/^(User|ProtectSystem|CapabilityBoundingSet|After)=/m);
  });
});
