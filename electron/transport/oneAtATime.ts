/**
 * Runs work in the order it is given, one piece at a time. The first piece starts at once, so that an
 * uncontended call costs no extra turn of the event loop.
 */
export function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> | undefined;
  return <T>(work: () => Promise<T>): Promise<T> => {
    const current = last === undefined ? work() : last.then(work, work);
    last = current;
    const settle = () => {
      if (last === current) last = undefined;
    };
    current.then(settle, settle);
    return current;
  };
}
