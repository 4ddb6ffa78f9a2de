import type { BrowserWindow } from 'electron';
import type { ElectronParts } from './electronParts.ts';
import { pageAddress } from './pageAddress.ts';
import type { ProgramPaths } from './programPaths.ts';
import { windowOptions } from './windowOptions.ts';
import { readPlace, writePlace } from './windowPlace.ts';

interface Parts {
  readonly electron: Pick<ElectronParts, 'BrowserWindow' | 'nativeTheme' | 'screen'>;
  readonly paths: ProgramPaths;
  readonly placeFile: string;
  readonly devTools: boolean;
  /** The page stands, also after reloading: it is to be told how things are. */
  readonly onLoaded: () => void;
}

/** The one window. It is made when it is first shown, and again after it was closed. */
export interface MainWindow {
  /** Brings the window to the front, at a place of the page (`/setup/ftp`) if one is named. */
  show(place?: string): void;
  current(): BrowserWindow | undefined;
}

export function createMainWindow({ electron, paths, placeFile, devTools, onLoaded }: Parts): MainWindow {
  let window: BrowserWindow | undefined;

  const open = (place: string): BrowserWindow => {
    const screens = electron.screen.getAllDisplays().map(({ workArea }) => workArea);
    const remembered = readPlace(placeFile, screens);
    const icon = `${paths.iconsDir}/icon.png`;
    const isDark = electron.nativeTheme.shouldUseDarkColors;
    const opened = new electron.BrowserWindow(
      windowOptions({ preload: paths.preload, icon, place: remembered, isDark, devTools }),
    );
    if (remembered.maximized) opened.maximize();
    opened.once('ready-to-show', () => opened.show());
    opened.on('close', () =>
      writePlace(placeFile, { ...opened.getNormalBounds(), maximized: opened.isMaximized() }),
    );
    opened.on('closed', () => {
      window = undefined;
    });
    opened.webContents.on('did-finish-load', onLoaded);
    void opened.loadURL(`${pageAddress}#${place}`);
    return opened;
  };

  return {
    current: () => window,
    show(place) {
      if (window === undefined) {
        window = open(place ?? '/transmit');
        return;
      }
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
      const address = `${pageAddress}#${place ?? ''}`;
      // The same page at another place: the page only hears that its address has changed.
      if (place !== undefined && window.webContents.getURL() !== address) void window.loadURL(address);
    },
  };
}
