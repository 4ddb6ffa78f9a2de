// Runs the built bundles in plain Node on a fake Electron, asks them this and that, and prints what came of it.
//   node --import ./fakeElectronHook.ts bundleMain.ts <main.js> <preload.cjs>
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { ContractClient } from '../../shared/contract/wire.ts';
import { app, ipcRenderer, seen, session } from './fakeElectronModule.ts';

const [main = '', preload = ''] = process.argv.slice(2);

const nextMoment = () => new Promise((resolve) => setTimeout(resolve, 20));

await import(pathToFileURL(main).href);
const page = seen.windows[0]?.webContents;
const invoke = (channel: string, url: string) =>
  seen.handlers.get(channel)?.({ sender: page, senderFrame: { url, parent: null } }, {});

const ask = () => invoke('branchline:call:state.get', 'branchline://app/') as Promise<{ ok: boolean }>;
/** The engine is being started, the first time or again. */
async function askUntilAnswered() {
  for (;;) {
    const answer = await ask();
    if (answer.ok) return answer;
    await nextMoment();
  }
}
const state = await askUntilAnswered();
// Linux says whose children are whose.
const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim().split(' ');
for (const child of children) process.kill(Number(child), 'SIGKILL');
while ((await ask()).ok) await nextMoment();
const stateAgain = await askUntilAnswered();
const foreign = await invoke('branchline:call:state.get', 'https://evil.example/');
let isDenied = false;
page?.emit('will-navigate', {
  url: 'https://evil.example/',
  preventDefault: () => {
    isDenied = true;
  },
});
const permissions: boolean[] = [];
session.defaultSession.request?.({}, 'media', (granted) => permissions.push(granted));

createRequire(import.meta.url)(preload);
// What a preload exposes is what the page sees; its shape is the contract's.
const client = seen.exposed.get('branchline') as ContractClient;
const heard: unknown[] = [];
client.on('changed', (data) => heard.push(data));
// As a page could try, whatever the types say.
client.on('nonsense' as never, () => heard.push('nonsense'));
ipcRenderer.emit('branchline:connection', {}, true);
client.onConnection((connected) => heard.push(connected));
ipcRenderer.emit('branchline:event:changed', { sender: 'secret' }, { topics: ['queue'] });
ipcRenderer.emit('branchline:event:nonsense', {}, 1);
const answered = await client.call('queue.list', {});
const unknown = await client.call('shell.openExternal' as never, {} as never);

const report = {
  isSandboxed: app.isSandboxed,
  schemes: seen.schemes,
  windows: seen.windows.map(({ options }) => options),
  channels: [...seen.handlers.keys()],
  listeners: seen.listeners,
  state,
  stateAgain,
  notifications: seen.notifications.map(({ options }) => options.title),
  foreign,
  newWindow: page?.openHandler?.({ url: 'https://evil.example/' }),
  isNavigationDenied: isDenied,
  permissions,
  exposed: [...seen.exposed.keys()],
  clientMembers: Object.keys(client),
  heard,
  answered,
  unknown,
  invoked: seen.invoked,
};

app.quit();
// The engine is asked to end; when it has, the shell quits a second time.
while (app.quits < 2) await nextMoment();
process.stdout.write(JSON.stringify(report));
process.exit(0);
