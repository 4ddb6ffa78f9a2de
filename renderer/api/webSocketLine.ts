import type { ClientLine, ClientLineEvents } from '../../shared/contract/createClient.ts';

/** A line to the engine by way of the web host that this page came from. Its cookie says who we are. */
export function webSocketLine(end: ClientLineEvents): ClientLine {
  // Beside the page: a browser says who it is by a cookie that counts below the page's folder only.
  const address = new URL('contract', location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(address);
  socket.addEventListener('open', () => end.onOpen());
  socket.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (typeof event.data === 'string') end.onMessage(event.data);
  });
  // An error is always followed by a close.
  socket.addEventListener('close', () => end.onClose());
  return {
    send: (text) => socket.send(text),
    close: () => socket.close(),
  };
}
