import { join } from 'node:path';
import type { Tray } from 'electron';
import type { ElectronParts } from './electronParts.ts';
import { shellText } from './shellText.ts';
import type { TrayView } from './trayView.ts';

interface TrayActions {
  show(): void;
  transmit(): void;
  exit(): void;
}

/** Puts the icon into the tray. Returns how to bring it up to date. */
export function showTray(
  { Tray: TrayIcon, Menu }: Pick<ElectronParts, 'Tray' | 'Menu'>,
  iconsDir: string,
  actions: TrayActions,
): (view: TrayView, maySend: boolean) => void {
  const file = (icon: TrayView['icon']) => join(iconsDir, `tray-${icon}.png`);
  const tray: Tray = new TrayIcon(file('lost'));
  tray.on('click', () => actions.show());
  const { menu } = shellText;
  return (view, maySend) => {
    tray.setImage(file(view.icon));
    tray.setToolTip(view.words);
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: view.words, enabled: false },
        { type: 'separator' },
        { label: menu.show, click: () => actions.show() },
        { label: menu.transmitNow, enabled: maySend, click: () => actions.transmit() },
        { type: 'separator' },
        { label: menu.exit, click: () => actions.exit() },
      ]),
    );
  };
}
