// Stands in for `electron` when the built bundles run in Node. It does nothing but remember what it was asked.
import { EventEmitter } from 'node:events';

export interface Invocation {
  readonly sender: unknown;
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
}

type Handler = (event: Invocation, input: unknown) => unknown;

export class FakeWebContents extends EventEmitter {
  readonly sent: [channel: string, data: unknown][] = [];
  openHandler: ((details: { url: string }) => { action: string }) | undefined;
  url = '';
  send(channel: string, data: unknown) {
    this.sent.push([channel, data]);
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }) {
    this.openHandler = handler;
  }
  getURL() {
    return this.url;
  }
  isDestroyed() {
    return false;
  }
}

interface Bounds {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
}

export interface WindowOptions extends Bounds {
  readonly show: boolean;
  readonly webPreferences: Readonly<Record<string, unknown>>;
}

export interface MenuItem {
  readonly label?: string;
  readonly role?: string;
  readonly enabled?: boolean;
  readonly submenu?: readonly MenuItem[];
  readonly click?: () => void;
}

type Protocol = (request: Request) => Promise<Response>;

type PermissionRequest = (contents: unknown, permission: string, answer: (granted: boolean) => void) => void;

class FakeSession {
  request: PermissionRequest | undefined;
  check: ((contents: unknown, permission: string) => boolean) | undefined;
  device: (() => boolean) | undefined;
  setPermissionRequestHandler(handler: PermissionRequest) {
    this.request = handler;
  }
  setPermissionCheckHandler(handler: (contents: unknown, permission: string) => boolean) {
    this.check = handler;
  }
  setDevicePermissionHandler(handler: () => boolean) {
    this.device = handler;
  }
}

/** `seen`: what was done with it, for the test to look at. */
export function createFakeElectron() {
  const windows: BrowserWindow[] = [];

  class BrowserWindow extends EventEmitter {
    readonly webContents = new FakeWebContents();
    readonly options: WindowOptions;
    bounds: Bounds;
    isShown = false;
    isMax = false;
    focused = false;
    constructor(options: WindowOptions) {
      super();
      this.options = options;
      this.bounds = options;
      windows.push(this);
      app.emit('web-contents-created', {}, this.webContents);
    }
    async loadURL(url: string) {
      this.webContents.url = url;
    }
    show() {
      this.isShown = true;
    }
    focus() {
      this.focused = true;
    }
    restore() {}
    maximize() {
      this.isMax = true;
    }
    isMinimized() {
      return false;
    }
    isMaximized() {
      return this.isMax;
    }
    isFocused() {
      return this.focused;
    }
    getNormalBounds() {
      const { x = 0, y = 0, width, height } = this.bounds;
      return { x, y, width, height };
    }
    close() {
      this.emit('close');
      this.emit('closed');
    }
  }

  class App extends EventEmitter {
    isPackaged = false;
    isFirst = true;
    quits = 0;
    isSandboxed = false;
    userData = process.env['FAKE_USER_DATA'] ?? '/nowhere';
    readonly loginItems: unknown[] = [];
    async whenReady() {}
    enableSandbox() {
      this.isSandboxed = true;
    }
    requestSingleInstanceLock() {
      return this.isFirst;
    }
    setAppUserModelId() {}
    getPath(name: string) {
      return name === 'userData' ? this.userData : `/nowhere/${name}`;
    }
    getAppPath() {
      return process.cwd();
    }
    getVersion() {
      return '1.2.3';
    }
    setLoginItemSettings(settings: unknown) {
      this.loginItems.push(settings);
    }
    quit() {
      this.quits += 1;
      this.emit('will-quit', { preventDefault: () => undefined });
    }
  }

  const app = new App();

  class FakeMenu {
    application: readonly MenuItem[] = [];
    buildFromTemplate(template: readonly MenuItem[]) {
      return template;
    }
    setApplicationMenu(menu: readonly MenuItem[]) {
      this.application = menu;
    }
  }
  const Menu = new FakeMenu();

  const trays: Tray[] = [];
  class Tray extends EventEmitter {
    image: string;
    toolTip = '';
    menu: readonly MenuItem[] = [];
    constructor(image: string) {
      super();
      this.image = image;
      trays.push(this);
    }
    setImage(image: string) {
      this.image = image;
    }
    setToolTip(text: string) {
      this.toolTip = text;
    }
    setContextMenu(menu: readonly MenuItem[]) {
      this.menu = menu;
    }
  }

  const notifications: Notification[] = [];
  class Notification extends EventEmitter {
    static isSupported() {
      return true;
    }
    readonly options: { readonly title: string; readonly body: string };
    constructor(options: { title: string; body: string }) {
      super();
      this.options = options;
    }
    show() {
      notifications.push(this);
    }
  }

  const handlers = new Map<string, Handler>();
  const listeners: string[] = [];
  const ipcMain = {
    handle(channel: string, handler: Handler) {
      handlers.set(channel, handler);
    },
    on(channel: string) {
      listeners.push(channel);
    },
  };

  const protocols = new Map<string, Protocol>();
  const schemes: unknown[] = [];
  const protocol = {
    registerSchemesAsPrivileged: (list: readonly unknown[]) => void schemes.push(...list),
    handle: (scheme: string, handler: Protocol) => void protocols.set(scheme, handler),
  };

  const session = { defaultSession: new FakeSession() };

  const nativeTheme = { themeSource: 'system', shouldUseDarkColors: false };
  const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] };
  const opened: string[] = [];
  const shell = { openPath: async (path: string) => void opened.push(path) };
  const boxes: unknown[] = [];
  const dialog = { showMessageBox: async (options: unknown) => void boxes.push(options) };

  // What a preload uses.
  const exposed = new Map<string, unknown>();
  const contextBridge = {
    exposeInMainWorld: (name: string, value: unknown) => void exposed.set(name, value),
  };
  const invoked: [channel: string, input: unknown][] = [];
  class FakeIpcRenderer extends EventEmitter {
    async invoke(channel: string, input: unknown) {
      invoked.push([channel, input]);
      return { ok: true, value: 'answered' };
    }
  }
  const ipcRenderer = new FakeIpcRenderer();

  const seen = {
    windows,
    trays,
    notifications,
    handlers,
    listeners,
    protocols,
    schemes,
    exposed,
    invoked,
    opened,
    boxes,
  };
  return {
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
  };
}
