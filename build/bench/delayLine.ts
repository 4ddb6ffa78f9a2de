import type { Socket } from 'node:net';
import type { Wire, WireSender } from './wire.ts';

/** One direction of one connection: takes what one socket read and writes it to the other when it has arrived. */
export interface DelayLine {
  /** From now on, what has arrived is written here; until then it waits. */
  attach(to: Socket): void;
  /** `extraMs` is added to the wire's delay; what is pushed later does not overtake. */
  push(chunk: Buffer, extraMs?: number): void;
  /** Ends the receiving socket politely once all that was pushed has arrived. */
  end(): void;
  /** Resets the receiving socket once all that was pushed has arrived. */
  reset(): void;
  /** Nothing arrives any more; what is on the way is lost. */
  freeze(): void;
  /** True while more is on the way than the wire's window allows: stop reading. */
  readonly full: boolean;
}

/** A chunk without bytes carries the end or the reset. */
interface Item {
  readonly bytes: Buffer;
  readonly act?: 'end' | 'reset';
  readonly extraMs: number;
}

const nothing = Buffer.alloc(0);

/** `onRoom` is called when `full` has turned false. */
export function createDelayLine(wire: Wire, onRoom: () => void): DelayLine {
  const unsent: Item[] = [];
  const underWay: { readonly item: Item; readonly dueMs: number }[] = [];
  let receiver: Socket | undefined;
  let bytes = 0;
  let blocked = true;
  let frozen = false;
  let timer: NodeJS.Timeout | undefined;

  function write(item: Item): void {
    if (receiver === undefined || receiver.destroyed) return;
    if (item.act === 'end') receiver.end();
    else if (item.act === 'reset') receiver.resetAndDestroy();
    else if (!receiver.write(item.bytes)) blocked = true;
  }

  function deliver(): void {
    clearTimeout(timer);
    timer = undefined;
    const wasFull = bytes > wire.windowBytes;
    const now = performance.now();
    let next = underWay[0];
    while (!blocked && next !== undefined && next.dueMs <= now) {
      underWay.shift();
      bytes -= next.item.bytes.length;
      write(next.item);
      next = underWay[0];
    }
    if (wasFull && bytes <= wire.windowBytes) onRoom();
    if (!blocked && next !== undefined) timer = setTimeout(deliver, next.dueMs - now);
  }

  const sender: WireSender = {
    take(maxBytes, sent) {
      let left = maxBytes;
      while (left > 0) {
        const head = unsent.shift();
        if (head === undefined) break;
        const item = head.bytes.length <= left ? head : { ...head, bytes: head.bytes.subarray(0, left) };
        if (item !== head) unsent.unshift({ ...head, bytes: head.bytes.subarray(left) });
        left -= item.bytes.length;
        underWay.push({ item, dueMs: sent(item.bytes.length) + wire.delayMs + item.extraMs });
      }
      if (timer === undefined) deliver();
      return unsent.length > 0;
    },
  };

  function add(item: Item): void {
    if (frozen) return;
    bytes += item.bytes.length;
    unsent.push(item);
    wire.request(sender);
  }

  return {
    attach(to) {
      receiver = to;
      blocked = false;
      to.on('drain', () => {
        blocked = false;
        deliver();
      });
      deliver();
    },
    push: (chunk, extraMs = 0) => add({ bytes: chunk, extraMs }),
    end: () => add({ bytes: nothing, act: 'end', extraMs: 0 }),
    reset: () => add({ bytes: nothing, act: 'reset', extraMs: 0 }),
    freeze() {
      frozen = true;
      clearTimeout(timer);
      unsent.length = 0;
      underWay.length = 0;
    },
    get full() {
      return bytes > wire.windowBytes;
    },
  };
}
