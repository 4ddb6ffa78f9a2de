// The desktop program's first file: it takes what Electron and the machine give, and hands it to the shell.
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  Notification,
  nativeTheme,
  protocol,
  screen,
  session,
  shell,
  Tray,
} from 'electron';
import { defaultDataDir, systemClock } from '../engine/localMachine.ts';
import { connectEngine } from './connectEngine.ts';
import { registerPageScheme } from './pageProtocol.ts';
import { runDesktop } from './runDesktop.ts';

const electron = {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  Notification,
  protocol,
  screen,
  session,
  shell,
  Tray,
};

registerPageScheme(protocol);
app.enableSandbox();
// Windows shows notifications of a program that it knows by this name, which the installer gives it too.
app.setAppUserModelId('app.branchline.desktop');
if (app.requestSingleInstanceLock()) {
  await app.whenReady();
  const { env, platform } = process;
  const dataDir = defaultDataDir({ platform, env, home: homedir() });
  runDesktop({
    electron,
    dataDir,
    ...connectEngine(dataDir, systemClock),
    clock: systemClock,
    // Both the repository's dist/ and the installed archive's lie two folders down.
    appDir: join(import.meta.dirname, '../..'),
    resourcesDir: process.resourcesPath,
    process,
  });
} else {
  app.quit();
}
