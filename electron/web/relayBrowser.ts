import type { WebSocket } from 'ws';
import type { EngineLine, OpenLine } from './engineLine.ts';

/** A browser that does not read is let go before it fills the memory. */
const mostBufferedBytes = 64 * 1024 * 1024;

/** What a browser may have sent before the line to the engine stands. */
const mostEarlyMessages = 100;

/** Close codes. Source: RFC 6455 §7.4.1 and IANA's registry. */
const tooSlow = 1013;
const engineLost = 1012;
const onlyText = 1003;

/** Hands messages on between a browser and the engine until one of them ends. */
export async function relayBrowser(browser: WebSocket, openLine: OpenLine): Promise<void> {
  let line: EngineLine | undefined;
  const early: string[] = [];
  browser.on('message', (data, isBinary) => {
    if (isBinary || early.length >= mostEarlyMessages) return browser.close(onlyText);
    const text = data.toString();
    if (line === undefined) early.push(text);
    else line.send(text);
  });
  browser.on('error', () => browser.terminate());
  browser.on('close', () => line?.close());
  try {
    const opened = await openLine({
      onMessage(text) {
        if (browser.bufferedAmount > mostBufferedBytes) return browser.close(tooSlow);
        if (browser.readyState === browser.OPEN) browser.send(text);
      },
      onClose: () => browser.close(engineLost),
    });
    if (browser.readyState !== browser.OPEN) return opened.close();
    line = opened;
    for (const text of early.splice(0)) opened.send(text);
  } catch {
    // The page tries again by itself, and says that the engine is away.
    browser.close(engineLost);
  }
}
