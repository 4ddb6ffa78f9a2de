// A link in a process of its own: options as JSON in the only argument, then messages to the parent.
import { type LinkProxyOptions, startLinkProxy } from './linkProxy.ts';
import type { LinkMessage } from './linkProxyProcess.ts';

function tell(message: LinkMessage): void {
  process.send?.(message);
}

// Safe: only linkProxyProcess.ts starts this file, with options of this type.
const options = JSON.parse(process.argv[2] ?? '{}') as LinkProxyOptions;
const link = await startLinkProxy(options);
process.on('message', () => tell({ counts: link.counts() }));
process.on('disconnect', () => process.exit(0));
tell({ port: link.port });
