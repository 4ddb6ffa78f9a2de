import type { BrowserWindowConstructorOptions } from 'electron';
import type { WindowPlace } from './windowPlace.ts';

interface WindowLook {
  readonly preload: string;
  readonly icon: string;
  readonly place: WindowPlace;
  readonly isDark: boolean;
  /** For those who build Branchline; the packaged program has none. */
  readonly devTools: boolean;
}

/** The main window: the page gets no Node, a world of its own, and a sandbox. Stated in full, whatever defaults say. */
export function windowOptions(look: WindowLook): BrowserWindowConstructorOptions {
  const { width, height, x, y } = look.place;
  return {
    width,
    height,
    ...(x === undefined || y === undefined ? {} : { x, y }),
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: 'Branchline',
    icon: look.icon,
    // No flash of white before the first paint.
    backgroundColor: look.isDark ? '#1a1b1e' : '#ffffff',
    webPreferences: {
      preload: look.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: look.devTools,
    },
  };
}
