import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { LinkCounts } from './linkCounts.ts';
import type { LinkProxyOptions } from './linkProxy.ts';

/** A link in a process of its own, so that what it costs is not charged to a client or server in this one. */
export interface LinkProxyProcess {
  readonly host: '127.0.0.1';
  readonly port: number;
  counts(): Promise<LinkCounts>;
  /** Ends the process with all its connections. Calling twice is fine. */
  stop(): Promise<void>;
}

/** What the process sends: its port once, then counts as often as it is asked. */
export type LinkMessage = { readonly port: number } | { readonly counts: LinkCounts };

/**
 * Starts `startLinkProxy` in a child process, which also ends with this one.
 *
 * Errors: Error when the process ends before it listens.
 */
export async function startLinkProxyProcess(
  options: Omit<LinkProxyOptions, 'faults' | 'onFault'>,
): Promise<LinkProxyProcess> {
  const child = fork(join(import.meta.dirname, 'linkProxyMain.ts'), [JSON.stringify(options)], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });

  async function next(): Promise<LinkMessage> {
    const gone = new AbortController();
    const ended = once(child, 'exit', { signal: gone.signal }).then(() => {
      throw new Error('The link process has ended.');
    });
    try {
      const [message] = await Promise.race([once(child, 'message', { signal: gone.signal }), ended]);
      // Safe: only linkProxyMain.ts writes to this channel, and it sends this type.
      return message as LinkMessage;
    } finally {
      ended.catch(() => undefined);
      gone.abort();
    }
  }

  const first = await next();
  if (!('port' in first)) throw new Error('The link process did not tell its port.');
  return {
    host: '127.0.0.1',
    port: first.port,
    async counts() {
      const answer = next();
      child.send('counts');
      const message = await answer;
      if (!('counts' in message)) throw new Error('The link process did not tell its counts.');
      return message.counts;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}
