// What `import … from 'electron'` finds in a bundle under test.
import { createFakeElectron } from './fakeElectron.ts';

export const {
  app,
  BrowserWindow,
  contextBridge,
  dialog,
  ipcMain,
  ipcRenderer,
  Menu,
  nativeTheme,
  Notification,
  protocol,
  screen,
  session,
  shell,
  Tray,
  seen,
} = createFakeElectron();
