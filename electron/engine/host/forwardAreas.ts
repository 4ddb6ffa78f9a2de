import { type AreaCallName, areaCalls } from '../../../shared/contract/calls.ts';
import { isAreaCallName } from '../../../shared/contract/channels.ts';
import type { Engine } from '../engine.ts';
import type { Handlers } from '../handlers.ts';

/** The calls that the engine's areas answer, passed on to them. */
export function forwardAreas(engine: Engine): Pick<Handlers, AreaCallName> {
  const names = Object.keys(areaCalls).filter(isAreaCallName);
  const handlers = names.map((name) => [name, (input: never) => engine.ask(name, input)] as const);
  // Each name is paired with a function that asks for that very call; the engine parses the input by its schema.
  return Object.fromEntries(handlers) as Pick<Handlers, AreaCallName>;
}
