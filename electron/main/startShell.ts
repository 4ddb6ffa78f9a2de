import { homedir } from 'node:os';
import { join } from 'node:path';
import type { PresentState } from '../../shared/contract/calls.ts';
import { connectionChannel, eventChannel } from '../../shared/contract/channels.ts';
import type { ContractClient } from '../../shared/contract/wire.ts';
import { autostart, hiddenSwitch } from './autostart.ts';
import { desktopSettings } from './desktopSettings.ts';
import type { ElectronParts } from './electronParts.ts';
import { guardContents, guardSession } from './guardContents.ts';
import { createMainWindow } from './mainWindow.ts';
import { menuTemplate } from './menuTemplate.ts';
import { createNotify, notifyFailures, sentences } from './notifyFailures.ts';
import { servePage } from './pageProtocol.ts';
import type { ProgramPaths } from './programPaths.ts';
import { relayContract } from './relayContract.ts';
import { shellText } from './shellText.ts';
import { showTray } from './showTray.ts';
import { trayView } from './trayView.ts';

export interface ShellParts {
  readonly electron: ElectronParts;
  readonly client: ContractClient;
  readonly paths: ProgramPaths;
  readonly dataDir: string;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
}

/** What the rest of the program may ask of the shell. */
export interface Shell {
  say(title: string, body: string): void;
  show(): void;
}

/** Puts the shell together: page, window, menu, tray, notifications. The app is ready. */
export function startShell({ electron, client, paths, dataDir, argv, env, platform }: ShellParts): Shell {
  const { app, ipcMain, protocol, session, shell, dialog, Menu } = electron;
  const devTools = !app.isPackaged;
  let state: PresentState | undefined;
  let connected = false;

  app.on('web-contents-created', (_event, contents) => guardContents(contents));
  guardSession(session.defaultSession);
  servePage(protocol, paths.rendererDir);

  const window = createMainWindow({
    electron,
    paths,
    placeFile: join(app.getPath('userData'), 'window.json'),
    devTools,
    onLoaded() {
      const contents = window.current()?.webContents;
      contents?.send(connectionChannel, connected);
      if (state !== undefined) contents?.send(eventChannel('state.is'), state);
    },
  });
  const show = () => window.show();
  const notify = createNotify(electron, join(paths.iconsDir, 'icon.png'), show);
  const isLookedAt = () => window.current()?.isFocused() === true;
  const transmit = async () => {
    const answer = await client.call('run.start', { mode: 'full', startedBy: 'window' });
    if (!answer.ok) notify(shellText.notes.couldNotTransmit, sentences(answer.error));
  };
  const actions = {
    goTo: (place: string) => window.show(place),
    show,
    transmit: () => void transmit(),
    openDataFolder: () => void shell.openPath(dataDir),
    about: () =>
      void dialog.showMessageBox({
        title: shellText.menu.about,
        message: shellText.product,
        detail: shellText.about(app.getVersion(), dataDir),
      }),
    exit: () => app.quit(),
  };

  const updateTray = showTray(electron, paths.iconsDir, actions);
  const program = app.getPath('exe');
  const applyDesktop = desktopSettings(
    electron,
    autostart(electron, { platform, env, home: homedir(), program }),
  );
  const formatTime = (ms: number) =>
    new Intl.DateTimeFormat(undefined, { dateStyle: 'short', timeStyle: 'short' }).format(ms);
  const refresh = () => {
    updateTray(trayView(state, connected, formatTime), connected && state?.status.configured === true);
    const role = state?.status.site?.role;
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(actions, { platform, role, devTools })));
  };

  relayContract({ ipcMain, client, contents: () => window.current()?.webContents });
  notifyFailures(client, isLookedAt, notify);
  client.on('state.is', (now) => {
    state = now;
    if (now.settings !== undefined) applyDesktop(now.settings.desktop);
    refresh();
  });
  client.onConnection((now) => {
    connected = now;
    refresh();
  });
  refresh();

  app.on('second-instance', show);
  app.on('activate', show);
  app.on('window-all-closed', () => {
    if (state?.settings?.desktop.keepRunningWhenClosed === false) app.quit();
  });
  if (!argv.includes(hiddenSwitch)) show();
  return { say: notify, show };
}
