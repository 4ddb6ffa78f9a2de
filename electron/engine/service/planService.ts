import { posix, win32 } from 'node:path';
import { ExchangeError } from '../../../shared/errors.ts';
import { launchdLabel, launchdPlist } from './launchdPlist.ts';
import type { ServiceCommand, ServiceManager, ServicePlaces, ServicePlan, ServiceSpec } from './service.ts';
import { systemdUnit } from './systemdUnit.ts';
import { taskXml } from './taskXml.ts';

/** The service manager of a platform. Errors: fix: `no-service-manager`. */
export function managerOf(platform: NodeJS.Platform): ServiceManager {
  if (platform === 'linux') return 'systemd';
  if (platform === 'darwin') return 'launchd';
  if (platform === 'win32') return 'task-scheduler';
  throw new ExchangeError({
    code: 'no-service-manager',
    class: 'fix',
    message: `Branchline knows no service manager of ${platform}.`,
    advice: 'Have "branchline engine" started by whatever starts programs here.',
  });
}

/**
 * The file and the commands that make `branchline engine` a service. A pure rule; works for any system on any other.
 *
 * Errors: fix: `usage`, for a path that no such file can hold.
 */
export function planService(manager: ServiceManager, spec: ServiceSpec, places: ServicePlaces): ServicePlan {
  for (const text of [...spec.program, spec.dataDir, spec.vaultKeyFile ?? '', spec.account ?? '']) {
    if (!/\p{Cc}/u.test(text)) continue;
    throw new ExchangeError({
      code: 'usage',
      class: 'fix',
      message: `${JSON.stringify(text)} has a line break or another control character in it.`,
      advice: 'Use a path without one.',
    });
  }
  if (manager === 'systemd') return systemdPlan(spec, places);
  return manager === 'launchd' ? launchdPlan(spec, places) : taskPlan(spec);
}

function must(...words: readonly string[]): ServiceCommand {
  return { words, mayFail: false };
}

function may(...words: readonly string[]): ServiceCommand {
  return { words, mayFail: true };
}

function systemdPlan(spec: ServiceSpec, places: ServicePlaces): ServicePlan {
  const own = spec.scope === 'user';
  const systemctl = own ? ['systemctl', '--user'] : ['systemctl'];
  const unit = `${spec.name}.service`;
  const folder = own
    ? posix.join(places.configHome ?? posix.join(places.home, '.config'), 'systemd', 'user')
    : '/etc/systemd/system';
  return {
    manager: 'systemd',
    file: { path: posix.join(folder, unit), text: systemdUnit(spec), encoding: 'utf8' },
    install: [
      must(...systemctl, 'daemon-reload'),
      must(...systemctl, 'enable', unit),
      must(...systemctl, 'restart', unit),
      // Otherwise a person's services begin with their first log-in and end with their last log-out.
      ...(own ? [may('loginctl', 'enable-linger')] : []),
    ],
    stop: [may(...systemctl, 'disable', '--now', unit)],
    forget: [must(...systemctl, 'daemon-reload')],
    ask: may(...systemctl, 'is-active', unit),
    notes: own
      ? [
          'It runs with nobody logged in when lingering is on for this account; where "loginctl enable-linger" is not allowed, an administrator does it.',
        ]
      : [],
  };
}

function launchdPlan(spec: ServiceSpec, places: ServicePlaces): ServicePlan {
  const own = spec.scope === 'user';
  const domain = own ? `gui/${places.uid}` : 'system';
  const label = launchdLabel(spec.name);
  const folder = own ? posix.join(places.home, 'Library', 'LaunchAgents') : '/Library/LaunchDaemons';
  const path = posix.join(folder, `${label}.plist`);
  return {
    manager: 'launchd',
    file: { path, text: launchdPlist(spec), encoding: 'utf8' },
    install: [
      may('launchctl', 'bootout', `${domain}/${label}`),
      must('launchctl', 'bootstrap', domain, path),
    ],
    stop: [may('launchctl', 'bootout', `${domain}/${label}`)],
    forget: [],
    ask: may('launchctl', 'print', `${domain}/${label}`),
    notes: own
      ? [
          'On macOS a service of one person runs while they are logged in. For a machine with nobody logged in, install it as root: sudo branchline service install --scope system',
        ]
      : [],
  };
}

function taskPlan(spec: ServiceSpec): ServicePlan {
  const path = win32.join(spec.dataDir, `${spec.name}-task.xml`);
  return {
    manager: 'task-scheduler',
    file: { path, text: taskXml(spec), encoding: 'utf16' },
    install: [
      must('schtasks', '/Create', '/TN', spec.name, '/XML', path, '/F'),
      must('schtasks', '/Run', '/TN', spec.name),
    ],
    stop: [may('schtasks', '/End', '/TN', spec.name), may('schtasks', '/Delete', '/TN', spec.name, '/F')],
    forget: [],
    ask: may('schtasks', '/Query', '/TN', spec.name),
    notes: ['Registering a task that runs with nobody logged in needs an administrator’s command prompt.'],
  };
}
