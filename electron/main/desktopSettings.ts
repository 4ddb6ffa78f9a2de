import type { Settings } from '../../shared/settings.ts';
import type { ElectronParts } from './electronParts.ts';

/** Brings light or dark and the start at log-in in line with the settings, when they have changed. */
export function desktopSettings(
  { app, nativeTheme }: Pick<ElectronParts, 'app' | 'nativeTheme'>,
  setAutostart: (on: boolean) => void,
): (desktop: Settings['desktop']) => void {
  let startsAtLogIn: boolean | undefined;
  return ({ theme, startAtLogIn }) => {
    if (nativeTheme.themeSource !== theme) nativeTheme.themeSource = theme;
    // From the repository, the system would start a bare Electron.
    if (!app.isPackaged || startsAtLogIn === startAtLogIn) return;
    startsAtLogIn = startAtLogIn;
    setAutostart(startAtLogIn);
  };
}
