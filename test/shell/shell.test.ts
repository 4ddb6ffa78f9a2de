import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { callNames } from '../../shared/contract/channels.ts';
import { click, findItem, fromPage, openShell, presentState, temporaryFolder } from './shellFixture.ts';

describe('the window', () => {
  test('its page gets a world of its own, a sandbox and no Node', () => {
    const { window } = openShell();
    expect(window()?.options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      experimentalFeatures: false,
    });
    expect(window()?.webContents.url).toBe('branchline://app/#/transmit');
  });

  test('only the packaged program is without developer tools', () => {
    expect(openShell().window()?.options.webPreferences['devTools']).toBe(true);
    const packaged = openShell({ isPackaged: true });
    expect(packaged.window()?.options.webPreferences['devTools']).toBe(false);
  });

  test('new windows, navigation, redirects and inner pages are denied; reloading is not', () => {
    const { contents } = openShell();
    const page = contents();
    expect(page.openHandler?.({ url: 'https://evil.example/' })).toEqual({ action: 'deny' });
    const isDenied = (name: string, details: object) => {
      let denied = false;
      const preventDefault = () => {
        denied = true;
      };
      page.emit(name, { ...details, preventDefault });
      return denied;
    };
    for (const url of [
      'https://evil.example/',
      'file:///etc/passwd',
      'branchline://app/assets/index.js',
      'branchline://app.evil.example/',
      'javascript:alert(1)',
      'nonsense',
    ]) {
      expect(isDenied('will-navigate', { url }), url).toBe(true);
      expect(isDenied('will-frame-navigate', { url, isMainFrame: true }), url).toBe(true);
    }
    const url = 'branchline://app/#/queue';
    expect(isDenied('will-navigate', { url })).toBe(false);
    expect(isDenied('will-frame-navigate', { url, isMainFrame: true })).toBe(false);
    expect(isDenied('will-frame-navigate', { url, isMainFrame: false })).toBe(true);
    expect(isDenied('will-redirect', { url })).toBe(true);
    expect(isDenied('will-attach-webview', {})).toBe(true);
  });

  test('what the page asks of the machine is denied, but copying text', () => {
    const { session } = openShell().fake;
    const { request, check, device } = session.defaultSession;
    const granted = (permission: string) => {
      let answer: boolean | undefined;
      request?.({}, permission, (is) => {
        answer = is;
      });
      return [answer, check?.({}, permission)];
    };
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'openExternal',
      'clipboard-read',
      'hid',
    ]) {
      expect(granted(permission), permission).toEqual([false, false]);
    }
    expect(granted('clipboard-sanitized-write')).toEqual([true, true]);
    expect(device?.()).toBe(false);
  });

  test('the page is served from its own folder, with a strict policy, and nothing else is', async () => {
    const { fake } = openShell();
    expect([...fake.seen.protocols.keys()]).toEqual(['branchline']);
    const ask = async (url: string, method = 'GET') => {
      const reply = await fake.seen.protocols.get('branchline')?.(new Request(url, { method }));
      return { status: reply?.status, text: await reply?.text(), headers: reply?.headers };
    };
    const page = await ask('branchline://app/');
    expect(page).toMatchObject({ status: 200, text: 'the page' });
    expect(page.headers?.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
    for (const url of [
      'branchline://app/..%2fsecret.html',
      'branchline://app/%2e%2e/secret.html',
      'branchline://app/../secret.html',
      'branchline://other/',
      'branchline://app/nowhere.js',
    ]) {
      expect((await ask(url)).status, url).toBe(404);
    }
    expect((await ask('branchline://app/', 'POST')).status).toBe(404);
  });

  test('it comes back where it was, unless that screen is gone', () => {
    const userData = temporaryFolder();
    const first = openShell({ userData }).window();
    if (first === undefined) throw new Error('There is no window.');
    first.bounds = { x: 40, y: 50, width: 900, height: 600 };
    first.isMax = true;
    first.close();
    const second = openShell({ userData }).window();
    expect(second?.options).toMatchObject({ x: 40, y: 50, width: 900, height: 600 });
    expect(second?.isMax).toBe(true);
    const far = { x: 5000, y: 50, width: 900, height: 600, maximized: false };
    writeFileSync(join(userData, 'window.json'), JSON.stringify(far));
    const third = openShell({ userData }).window();
    expect(third?.options).toMatchObject({ width: 900, height: 600 });
    expect(third?.options.x).toBeUndefined();
    for (const nonsense of ['{', '[]', 'null', '{"width":1,"height":"x"}']) {
      writeFileSync(join(userData, 'window.json'), nonsense);
      expect(openShell({ userData }).window()?.options).toMatchObject({ width: 1200, height: 800 });
    }
  });
});

describe('calls and events', () => {
  test('only the calls of the contract have a channel', () => {
    const { fake } = openShell();
    expect([...fake.seen.handlers.keys()].toSorted()).toEqual(
      callNames.map((name) => `branchline:call:${name}`).toSorted(),
    );
    expect(fake.seen.listeners).toEqual([]);
  });

  test("the page's calls go to the engine and its answers come back", async () => {
    const { fake, client, contents } = openShell();
    const handler = fake.seen.handlers.get('branchline:call:queue.retry');
    expect(await handler?.(fromPage(contents()), { ids: [1] })).toEqual({ ok: true, value: 'answered' });
    expect(client.asked).toEqual([['queue.retry', { ids: [1] }]]);
  });

  test('any other sender is refused before the engine hears of it', async () => {
    const { fake, client, contents } = openShell();
    const page = contents();
    const handler = fake.seen.handlers.get('branchline:call:state.get');
    for (const event of [
      fromPage(page, { sender: {} }),
      fromPage(page, { senderFrame: null }),
      fromPage(page, { senderFrame: { url: 'https://evil.example/', parent: null } }),
      fromPage(page, { senderFrame: { url: 'branchline://app/', parent: {} } }),
      fromPage(page, { senderFrame: { url: 'branchline://app/other.html', parent: null } }),
    ]) {
      expect(await handler?.(event, {})).toMatchObject({ ok: false, error: { code: 'foreign-sender' } });
    }
    expect(client.asked).toEqual([]);
  });

  test('the engine is told to the window: as it happens, and as it is when the page has loaded', () => {
    const { client, contents } = openShell();
    client.connect(true);
    client.tell('state.is', presentState());
    client.tell('changed', { topics: ['queue'] });
    expect(contents().sent.map(([channel]) => channel)).toEqual([
      'branchline:connection',
      'branchline:event:state.is',
      'branchline:event:changed',
    ]);
    contents().sent.length = 0;
    contents().emit('did-finish-load');
    expect(contents().sent).toEqual([
      ['branchline:connection', true],
      ['branchline:event:state.is', presentState()],
    ]);
  });
});

describe('menu and tray', () => {
  test('the menu leads the window to its places', () => {
    const { fake, client, window } = openShell();
    client.tell('state.is', presentState());
    const menu = () => fake.Menu.application;
    for (const [labels, place] of [
      [['File', 'Store Setup…'], '/setup'],
      [['File', 'FTP Configuration…'], '/setup/ftp'],
      [['Transmission', 'Test Connection'], '/setup/ftp/test-connection'],
      [['Transmission', 'Self-check…'], '/setup/ftp/self-check'],
      [['View', 'History'], '/history'],
    ] as const) {
      click(menu(), ...labels);
      expect(window()?.webContents.url).toBe(`branchline://app/#${place}`);
    }
    expect(findItem(menu(), ['View', 'Stores'])).toBeUndefined();
    click(menu(), 'File', 'Exit');
    expect(fake.app.quits).toBe(1);
  });

  test('Transmit Now asks the engine, and says why it could not', async () => {
    const { fake, client } = openShell();
    expect(findItem(fake.Menu.application, ['Transmission', 'Transmit Now'])?.enabled).toBe(false);
    client.tell('state.is', presentState());
    const error = { code: 'busy', class: 'busy', message: 'Another works here.', advice: 'Wait.' };
    client.answer = { ok: false, error };
    click(fake.Menu.application, 'Transmission', 'Transmit Now');
    expect(client.asked).toEqual([['run.start', { mode: 'full', startedBy: 'window' }]]);
    await expect
      .poll(() => fake.seen.notifications[0]?.options, { timeout: 10_000 })
      .toMatchObject({ title: 'Branchline cannot transmit', body: 'Another works here. Wait.' });
  });

  test('the tray shows the state in words and in its picture', () => {
    const { fake, client } = openShell();
    const tray = () => fake.seen.trays[0];
    const picture = () => tray()?.image.split('/').at(-1);
    expect([tray()?.toolTip, picture()]).toEqual(['Branchline: the engine is not running', 'tray-lost.png']);
    client.connect(true);
    client.tell('state.is', presentState());
    expect(tray()?.toolTip).toBe('Branchline, Riverside: nothing was transmitted yet');
    expect(picture()).toBe('tray-idle.png');
    const activeRun = { runId: 'r', mode: 'full', startedMs: 1, startedBy: 'schedule', notes: [] };
    client.tell('state.is', presentState({ activeRun }));
    expect([tray()?.toolTip, picture()]).toEqual(['Branchline, Riverside: transmitting', 'tray-busy.png']);
    client.tell('state.is', presentState({ status: { attention: ['Packet 3 was skipped.'] } }));
    expect([tray()?.toolTip, picture()]).toEqual([
      'Branchline, Riverside: something needs you',
      'tray-attention.png',
    ]);
    const failed = { transmissionId: 't', mode: 'full', startedMs: 1, endedMs: 2, outcome: 'failed' };
    client.tell('state.is', presentState({ status: { lastTransmission: failed } }));
    expect(tray()?.toolTip).toMatch(/last transmission failed, .*70/);
    expect(picture()).toBe('tray-attention.png');
    client.connect(false);
    expect(picture()).toBe('tray-lost.png');
  });

  test('the tray transmits, shows the window and exits', () => {
    const { fake, client, window } = openShell({ argv: ['branchline', '--hidden'] });
    expect(window()).toBeUndefined();
    client.connect(true);
    client.tell('state.is', presentState());
    const menu = fake.seen.trays[0]?.menu ?? [];
    click(menu, 'Transmit Now');
    expect(client.asked).toHaveLength(1);
    click(menu, 'Show Branchline');
    expect(window()).toBeDefined();
    click(menu, 'Exit');
    expect(fake.app.quits).toBe(1);
  });
});

describe('manners', () => {
  const error = { code: 'login-refused', class: 'fix', message: 'Refused.', advice: 'Check it.' } as const;

  test('a failed transmission is told, unless the window is looked at; a cancelled one is not', () => {
    const { fake, client, window } = openShell();
    client.tell('run.ended', { runId: 'r', error: { ...error, class: 'cancelled' } });
    expect(fake.seen.notifications).toEqual([]);
    client.tell('run.ended', { runId: 'r', error });
    expect(fake.seen.notifications[0]?.options).toMatchObject({
      title: 'The transmission failed',
      body: 'Refused. Check it.',
    });
    window()?.focus();
    client.tell('run.ended', { runId: 'r', error });
    expect(fake.seen.notifications).toHaveLength(1);
  });

  test('a state that lasts is told when it begins, not with every scheduled run', () => {
    const { fake, client } = openShell();
    const suspended = { ...error, code: 'suspended', class: 'retry', message: 'Suspended.' } as const;
    const bodies = () => fake.seen.notifications.map(({ options }) => options.body);
    for (let run = 0; run < 3; run += 1) client.tell('run.ended', { runId: 'r', error: suspended });
    expect(bodies()).toEqual(['Suspended. Check it.']);
    client.tell('run.ended', { runId: 'r', error });
    client.tell('run.ended', { runId: 'r', error: suspended });
    expect(bodies()).toEqual(['Suspended. Check it.', 'Refused. Check it.', 'Suspended. Check it.']);
  });

  test('closing the window leaves the program running, or not, as the settings say', () => {
    const { fake, client } = openShell();
    client.tell('state.is', presentState());
    fake.app.emit('window-all-closed');
    expect(fake.app.quits).toBe(0);
    client.tell('state.is', presentState({ desktop: { keepRunningWhenClosed: false } }));
    fake.app.emit('window-all-closed');
    expect(fake.app.quits).toBe(1);
  });

  test('a second start shows the window of the first', () => {
    const { fake, window } = openShell({ argv: ['--hidden'] });
    fake.app.emit('second-instance');
    expect(window()).toBeDefined();
    window()?.close();
    fake.app.emit('second-instance');
    expect(fake.seen.windows).toHaveLength(2);
  });

  test('light or dark follows the settings', () => {
    const { fake, client } = openShell();
    client.tell('state.is', presentState({ desktop: { theme: 'dark' } }));
    expect(fake.nativeTheme.themeSource).toBe('dark');
  });

  test('start at log-in is set where the program is installed, hidden, once for each change', () => {
    const { fake, client } = openShell({ isPackaged: true, platform: 'win32' });
    for (const startAtLogIn of [true, true, false]) {
      client.tell('state.is', presentState({ desktop: { startAtLogIn } }));
    }
    expect(fake.app.loginItems).toEqual([
      { openAtLogin: true, args: ['--hidden'] },
      { openAtLogin: false, args: ['--hidden'] },
    ]);
    const fromRepository = openShell({ platform: 'win32' });
    fromRepository.client.tell('state.is', presentState({ desktop: { startAtLogIn: true } }));
    expect(fromRepository.fake.app.loginItems).toEqual([]);
  });

  test('on Linux, start at log-in is a file of the session', () => {
    const { client, folder } = openShell({ isPackaged: true });
    const file = join(folder, 'config/autostart/branchline.desktop');
    client.tell('state.is', presentState({ desktop: { startAtLogIn: true } }));
    expect(readFileSync(file, 'utf8')).toContain('\nExec="/nowhere/exe" --hidden\n');
    client.tell('state.is', presentState({ desktop: { startAtLogIn: false } }));
    expect(existsSync(file)).toBe(false);
  });
});
