import type { MenuItemConstructorOptions } from 'electron';
import { shellText } from './shellText.ts';

export interface MenuActions {
  /** Leads the window to a place: `/setup/ftp`. */
  goTo(place: string): void;
  transmit(): void;
  openDataFolder(): void;
  about(): void;
  exit(): void;
}

export interface MenuState {
  readonly platform: NodeJS.Platform;
  readonly role: 'central' | 'store' | undefined;
  readonly devTools: boolean;
}

const { menu: words } = shellText;

/** The native menu. It says what can be done; the window and the engine do it. */
export function menuTemplate(actions: MenuActions, state: MenuState): MenuItemConstructorOptions[] {
  const { role } = state;
  const isSetUp = role !== undefined;
  const leadTo = (label: string, place: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => actions.goTo(place),
    ...(accelerator === undefined ? {} : { accelerator }),
  });
  const file: MenuItemConstructorOptions = {
    label: words.file,
    submenu: [
      leadTo(role === 'store' ? words.storeSetup : words.centralSetup, '/setup'),
      { ...leadTo(words.ftpConfiguration, '/setup/ftp'), enabled: isSetUp },
      leadTo(words.settings, '/settings', 'CommandOrControl+,'),
      { type: 'separator' },
      { label: words.exit, accelerator: 'CommandOrControl+Q', click: () => actions.exit() },
    ],
  };
  const transmission: MenuItemConstructorOptions = {
    label: words.transmission,
    submenu: [
      {
        label: words.transmitNow,
        accelerator: 'CommandOrControl+T',
        enabled: isSetUp,
        click: () => actions.transmit(),
      },
      { type: 'separator' },
      { ...leadTo(words.testConnection, '/setup/ftp/test-connection'), enabled: isSetUp },
      { ...leadTo(words.selfCheck, '/setup/ftp/self-check'), enabled: isSetUp },
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: words.view,
    submenu: [
      leadTo(words.transmit, '/transmit'),
      leadTo(words.queue, '/queue'),
      ...(role === 'central' ? [leadTo(words.stores, '/stores')] : []),
      leadTo(words.history, '/history'),
      { type: 'separator' },
      { role: 'reload' },
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { role: 'togglefullscreen' },
      ...(state.devTools ? [{ role: 'toggleDevTools' } as const] : []),
    ],
  };
  const help: MenuItemConstructorOptions = {
    role: 'help',
    label: words.help,
    submenu: [
      { label: words.dataFolder, click: () => actions.openDataFolder() },
      { type: 'separator' },
      { label: words.about, click: () => actions.about() },
    ],
  };
  // Copy and paste work by keyboard on macOS only where the menu has them.
  const edit: MenuItemConstructorOptions = { role: 'editMenu', label: words.edit };
  const app: MenuItemConstructorOptions[] = state.platform === 'darwin' ? [{ role: 'appMenu' }] : [];
  return [...app, file, edit, transmission, view, help];
}
