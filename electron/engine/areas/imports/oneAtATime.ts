/** Lets one piece of work begin when the one before has ended, well or badly. */
export interface OneAtATime {
  run<T>(work: () => T | Promise<T>): Promise<T>;
  /** Resolves when what has begun, and waits, is done. */
  quiet(): Promise<void>;
}

export function oneAtATime(): OneAtATime {
  let line: Promise<void> = Promise.resolve();
  return {
    async run(work) {
      const before = line;
      const done = Promise.withResolvers<void>();
      line = done.promise;
      await before;
      try {
        return await work();
      } finally {
        done.resolve();
      }
    },
    quiet: () => line,
  };
}
