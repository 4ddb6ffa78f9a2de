import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronParts } from './electronParts.ts';

/** Started at log-in: in the tray, without a window. */
export const hiddenSwitch = '--hidden';

interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** The program to start. An AppImage is started by its own file, not by the one mounted inside. */
  readonly program: string;
}

/**
 * Starts Branchline with the person's session, or no more.
 *
 * Source: Desktop Application Autostart Specification (Linux, where Electron has no call for it).
 */
export function autostart(
  { app }: Pick<ElectronParts, 'app'>,
  { platform, env, home, program }: Surroundings,
): (on: boolean) => void {
  if (platform !== 'linux') {
    return (on) => app.setLoginItemSettings({ openAtLogin: on, args: [hiddenSwitch] });
  }
  const folder = join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'autostart');
  const file = join(folder, 'branchline.desktop');
  const command = `"${(env['APPIMAGE'] ?? program).replace(/(["`$\\])/g, '\\$1')}" ${hiddenSwitch}`;
  return (on) => {
    if (!on) return rmSync(file, { force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      file,
      `[Desktop Entry]\nType=Application\nName=Branchline\nExec=${command}\nTerminal=false\n`,
    );
  };
}
