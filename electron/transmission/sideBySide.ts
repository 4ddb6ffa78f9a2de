/** Enough to hide the latency of a disk or a network share. */
const diskItemsAtOnce = 16;

/**
 * Works on items side by side and returns the results in the items' order.
 *
 * Promise: after a failure nothing more is begun, and nothing is under way when it is thrown.
 * Errors:  the first failure.
 */
export async function sideBySide<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  atOnce = diskItemsAtOnce,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  let failure: { readonly error: unknown } | undefined;
  const worker = async () => {
    for (const [index, item] of waiting) {
      if (failure !== undefined) return;
      try {
        results[index] = await work(item);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  if (failure !== undefined) throw failure.error;
  return results;
}
