import { posix } from 'node:path';
import type { ServiceSpec } from './service.ts';
import { xmlText } from './xmlText.ts';

/** `com.example.program` is how launchd's labels look; the name alone may be taken. */
export function launchdLabel(name: string): string {
  return `net.branchline.${name}`;
}

/**
 * A launchd job for `branchline engine`: an agent of one person, or a daemon of the machine.
 *
 * Source: launchd.plist(5).
 */
export function launchdPlist(spec: ServiceSpec): string {
  const variables = {
    BRANCHLINE_DATA_DIR: spec.dataDir,
    ...(spec.vaultKeyFile === undefined ? {} : { BRANCHLINE_VAULT_KEY_FILE: spec.vaultKeyFile }),
  };
  const log = posix.join(spec.dataDir, 'logs', 'service.log');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    '<plist version="1.0">',
    '<dict>',
    ...text('Label', launchdLabel(spec.name)),
    '  <key>ProgramArguments</key>',
    '  <array>',
    // Its output is a file that nobody rotates: only what is wrong goes there.
    ...[...spec.program, 'engine', '--quiet'].map((word) => `    <string>${xmlText(word)}</string>`),
    '  </array>',
    '  <key>EnvironmentVariables</key>',
    '  <dict>',
    ...Object.entries(variables).flatMap(([name, value]) => text(name, value).map((line) => `  ${line}`)),
    '  </dict>',
    ...(spec.scope === 'system' && spec.account !== undefined ? text('UserName', spec.account) : []),
    '  <key>RunAtLoad</key>',
    '  <true/>',
    '  <key>KeepAlive</key>',
    '  <dict>',
    '    <key>SuccessfulExit</key>',
    '    <false/>',
    '  </dict>',
    '  <key>ThrottleInterval</key>',
    '  <integer>30</integer>',
    '  <key>ExitTimeOut</key>',
    '  <integer>90</integer>',
    ...text('ProcessType', 'Background'),
    ...text('StandardErrorPath', log),
    '</dict>',
    '</plist>',
    '',
  ].join('\n');
}

function text(key: string, value: string): string[] {
  return [`  <key>${xmlText(key)}</key>`, `  <string>${xmlText(value)}</string>`];
}
