import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import {
  callChannel,
  callNames,
  connectionChannel,
  eventChannel,
  eventNames,
} from '../../shared/contract/channels.ts';
import type { Answer, ContractClient } from '../../shared/contract/wire.ts';
import { isPageAddress } from './pageAddress.ts';

interface Parts {
  readonly ipcMain: Pick<IpcMain, 'handle'>;
  readonly client: ContractClient;
  /** The page of the window, while there is one. */
  readonly contents: () => WebContents | undefined;
}

const foreignSender: Answer<never> = {
  ok: false,
  error: {
    code: 'foreign-sender',
    class: 'fix',
    message: 'Only the window of Branchline may ask this.',
    advice: '',
  },
};

/** The window's own page asks, in its top frame; anybody else is refused. */
function isOurWindow(event: IpcMainInvokeEvent, contents: WebContents | undefined): boolean {
  const { senderFrame, sender } = event;
  return (
    sender === contents &&
    senderFrame !== null &&
    senderFrame.parent === null &&
    isPageAddress(senderFrame.url)
  );
}

/** Hands the window's calls on to the engine, and the engine's events to the window. */
export function relayContract({ ipcMain, client, contents }: Parts): void {
  for (const name of callNames) {
    ipcMain.handle(callChannel(name), (event, input) =>
      // The client parses the input by the contract before it is sent.
      isOurWindow(event, contents()) ? client.call(name, input) : foreignSender,
    );
  }
  const tell = (channel: string, data: unknown) => {
    const page = contents();
    if (page !== undefined && !page.isDestroyed()) page.send(channel, data);
  };
  for (const name of eventNames) client.on(name, (data) => tell(eventChannel(name), data));
  client.onConnection((connected) => tell(connectionChannel, connected));
}
