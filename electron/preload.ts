import { contextBridge, ipcRenderer } from 'electron';
import {
  callChannel,
  connectionChannel,
  eventChannel,
  isCallName,
  isEventName,
} from '../shared/contract/channels.ts';
import type { Answer, ContractClient } from '../shared/contract/wire.ts';

/** The last word on the connection, for those who begin to listen later. */
let connected: boolean | undefined;
ipcRenderer.on(connectionChannel, (_event, now: boolean) => {
  connected = now;
});

const unknownCall: Answer<never> = {
  ok: false,
  error: { code: 'unknown-call', class: 'fix', message: 'There is no such call.', advice: '' },
};

/** The contract in the window: what is not a call or an event of it goes nowhere. */
const client: ContractClient = {
  async call(name, input) {
    return isCallName(name) ? await ipcRenderer.invoke(callChannel(name), input) : unknownCall;
  },
  on(name, listener) {
    if (!isEventName(name)) return () => undefined;
    const channel = eventChannel(name);
    // The event itself stays here: it would hand the page a sender.
    const relay = (_event: unknown, data: Parameters<typeof listener>[0]) => listener(data);
    ipcRenderer.on(channel, relay);
    return () => {
      ipcRenderer.off(channel, relay);
    };
  },
  onConnection(listener) {
    const relay = (_event: unknown, now: boolean) => listener(now);
    ipcRenderer.on(connectionChannel, relay);
    if (connected !== undefined) listener(connected);
    return () => {
      ipcRenderer.off(connectionChannel, relay);
    };
  },
  // The line belongs to the shell, which holds it as long as it runs.
  close: () => undefined,
};

contextBridge.exposeInMainWorld('branchline', client);
