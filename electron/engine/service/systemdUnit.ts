import { exitCodes } from '../../../shared/exitCodes.ts';
import type { ServiceSpec } from './service.ts';

/**
 * A systemd unit for `branchline engine`.
 *
 * Source: systemd.service(5), systemd.exec(5), "Command lines" and "Specifiers"; made for systemd 240 and newer.
 */
export function systemdUnit(spec: ServiceSpec): string {
  const { scope, account } = spec;
  const [program = '', ...args] = startWords([...spec.program, 'engine']);
  const command = [`"${quotedPart(program)}"`, ...args.map(argument)].join(' ');
  return [
    '[Unit]',
    `Description=Branchline: exchanges data between a central office and its stores (${escaped(spec.name)})`,
    'Documentation=man:systemd.service(5)',
    ...(scope === 'system' ? ['Wants=network-online.target', 'After=network-online.target'] : []),
    // Without a limit: another Branchline may hold the data directory for hours.
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    'Type=exec',
    ...(account === undefined ? [] : [`User=${escaped(account)}`]),
    environment('BRANCHLINE_DATA_DIR', spec.dataDir),
    ...(spec.vaultKeyFile === undefined ? [] : [environment('BRANCHLINE_VAULT_KEY_FILE', spec.vaultKeyFile)]),
    `ExecStart=${command}`,
    'Restart=on-failure',
    'RestartSec=30',
    // A person must change something first; trying again would only fill the log.
    `RestartPreventExitStatus=${exitCodes.usage} ${exitCodes.notConfigured}`,
    // A transmission that is told to end closes its connections politely.
    'TimeoutStopSec=90',
    ...hardening(spec),
    '',
    '[Install]',
    `WantedBy=${scope === 'system' ? 'multi-user.target' : 'default.target'}`,
    '',
  ].join('\n');
}

/**
 * What the engine never does. Left out on purpose: ProtectHome and ProtectSystem=strict (files lie where the site's
 * other programs want them), PrivateTmp (the socket of a deep data directory is there), UMask (other programs read
 * what arrives), MemoryDenyWriteExecute (V8 compiles).
 */
function hardening({ scope, account }: ServiceSpec): string[] {
  const always = [
    'NoNewPrivileges=yes',
    'LockPersonality=yes',
    'RestrictRealtime=yes',
    'RestrictSUIDSGID=yes',
  ];
  // A person's own manager may not do the rest on many systems.
  if (scope === 'user') return always;
  const isRoot = account === undefined || account === 'root' || account === '0';
  return [
    ...always,
    'ProtectSystem=full',
    'ProtectKernelTunables=yes',
    'ProtectKernelModules=yes',
    'ProtectKernelLogs=yes',
    'ProtectControlGroups=yes',
    'ProtectClock=yes',
    'ProtectHostname=yes',
    'RestrictNamespaces=yes',
    // Netlink: how a program learns the addresses of this machine.
    'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK',
    'SystemCallArchitectures=native',
    // Root reads other accounts' files by a capability.
    ...(isRoot ? [] : ['CapabilityBoundingSet=']),
  ];
}

function environment(name: string, value: string): string {
  return `Environment="${name}=${quotedPart(value)}"`;
}

/** systemd takes no program whose path has quotes or backslashes; a shell does. */
function startWords(words: readonly string[]): readonly string[] {
  const [program = ''] = words;
  return /["'\\]/.test(program) ? ['/bin/sh', '-c', 'exec "$0" "$@"', ...words] : words;
}

function argument(word: string): string {
  return /^[\w./:=-]+$/.test(word) ? word : `"${quotedPart(word).replaceAll('$', '$$$$')}"`;
}

function quotedPart(text: string): string {
  return escaped(text.replaceAll('\\', '\\\\').replaceAll('"', '\\"'));
}

/** `%` begins a specifier everywhere. */
function escaped(text: string): string {
  return text.replaceAll('%', '%%');
}
