/** How many items are worked on at the same time: enough to hide the latency of a disk or a share. */
const itemsAtOnce = 16;

/**
 * Works on items ahead of whoever takes the results, who gets them in order.
 *
 * Shape:   each item with its work, which may have failed already.
 * Promise: work is begun for a bounded number of items beyond the one that was taken. What was begun has ended
 *          when the iteration ends, whatever ended it; a failure nobody asked for is dropped.
 */
export async function* ahead<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<[Item, Promise<Result>]> {
  const begun: [Item, Promise<Result>][] = [];
  let next = 0;
  const beginMore = () => {
    for (const item of items.slice(next, next + itemsAtOnce - begun.length)) {
      const result = work(item);
      result.catch(() => undefined);
      begun.push([item, result]);
      next += 1;
    }
  };
  try {
    for (beginMore(); begun[0] !== undefined; beginMore()) {
      yield begun[0];
      begun.shift();
    }
  } finally {
    await Promise.allSettled(begun.map(([, result]) => result));
  }
}
