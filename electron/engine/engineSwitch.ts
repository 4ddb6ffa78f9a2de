import type { EventName } from '../../shared/contract/calls.ts';
import type { Engine } from './engine.ts';

/** Lets those who hold one engine be answered by another one from some moment on. */
export interface EngineSwitch {
  /** Looks like one engine for ever. */
  readonly engine: Engine;
  /** Who answers from now on. */
  serve(next: Engine): void;
  /** Resolves when all that was asked of this engine so far has been answered, well or badly. */
  answered(engine: Engine): Promise<void>;
}

export function createEngineSwitch(first: Engine): EngineSwitch {
  let current = first;
  /** Who listens hears the engine that answers now. */
  const hearing = new Set<{ readonly listen: (engine: Engine) => () => void; stop: () => void }>();
  const on: Engine['on'] = (name, listener) => {
    const listen = (engine: Engine) => engine.on<EventName & typeof name>(name, listener);
    const ear = { listen, stop: listen(current) };
    hearing.add(ear);
    return () => {
      ear.stop();
      hearing.delete(ear);
    };
  };
  const underWay = new Map<Engine, Set<Promise<unknown>>>();

  const follow = (engine: Engine, promise: Promise<unknown>): void => {
    const promises = underWay.get(engine) ?? new Set();
    underWay.set(engine, promises);
    const done = promise.then(
      () => undefined,
      () => undefined,
    );
    promises.add(done);
    void done.then(() => promises.delete(done));
  };

  // By proxy, so that a call that is added to the engine later is passed on too.
  const engine = new Proxy(first, {
    get(_first, name): unknown {
      if (name === 'on') return on;
      const owner = current;
      const member: unknown = Reflect.get(owner, name);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown => {
        const answer: unknown = Reflect.apply(member, owner, args);
        if (answer instanceof Promise) follow(owner, answer);
        return answer;
      };
    },
  });

  return {
    engine,
    serve(next) {
      current = next;
      for (const ear of hearing) {
        ear.stop();
        ear.stop = ear.listen(next);
      }
    },
    async answered(owner) {
      await Promise.all(underWay.get(owner) ?? []);
      underWay.delete(owner);
    },
  };
}
