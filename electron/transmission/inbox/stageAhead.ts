import { rm } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import type { RunContext } from '../siteContext.ts';
import type { InboxFile } from './inboxListing.ts';
import { type StagedPacket, stagePacket, stagingOf } from './stagePacket.ts';

/** Smaller packets are unpacked in no time once they are there. */
const fromBytes = 16 * 1000 * 1000;

const bufferBytes = 1024 * 1024;

/** The unpacking of a packet that is still being downloaded. */
export interface StageAhead {
  /** Hands on what arrived; resolves when there is room for more. Does nothing once it was given up. */
  take(chunk: Buffer): Promise<void>;
  /** All has arrived. */
  arrived(): void;
  /** The download broke off, or is not one from the beginning. Without effect once all has arrived. */
  giveUp(): void;
  /**
   * What was staged, or undefined where that did not succeed, for whatever reason: then nothing is staged, and
   * the packet is to be unpacked from its file, which also finds out what is wrong with it.
   */
  readonly staged: Promise<StagedPacket | undefined>;
  /** Ends it, and takes away what was staged. */
  discard(): Promise<void>;
}

/**
 * Unpacks a large packet while it is downloaded, so that the disk and the processor work while the line does.
 * Undefined for a packet that is not worth it.
 */
export function stageAhead(
  run: RunContext,
  officeId: string,
  file: InboxFile,
  path: string,
): StageAhead | undefined {
  const { sizeBytes } = file;
  if (sizeBytes === undefined || sizeBytes < fromBytes) return undefined;
  const content = new PassThrough({ highWaterMark: bufferBytes });
  content.on('error', () => undefined);
  const staged = stagePacket(run, officeId, file, path, { content, sizeBytes }).catch(() => {
    content.destroy();
    return undefined;
  });
  const stop = () => {
    content.destroy(new Error('The download broke off.'));
  };
  return {
    staged,
    take: (chunk) => writeTo(content, chunk),
    arrived: () => {
      content.end();
    },
    giveUp: () => {
      if (!content.writableEnded) stop();
    },
    async discard() {
      stop();
      if ((await staged) !== undefined) await rm(stagingOf(run, file), { recursive: true, force: true });
    },
  };
}

function writeTo(stream: PassThrough, chunk: Buffer): Promise<void> {
  if (stream.destroyed || stream.write(chunk)) return Promise.resolve();
  return new Promise((resolve) => {
    const go = () => {
      stream.off('drain', go);
      stream.off('close', go);
      resolve();
    };
    stream.on('drain', go);
    stream.on('close', go);
  });
}
