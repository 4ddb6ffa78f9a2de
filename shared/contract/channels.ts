import { type AreaCallName, areaCalls, type CallName, calls, type EventName, events } from './calls.ts';

/**
 * The names under which the desktop shell and its window speak. They are derived from the contract: what is not a
 * call or an event of it has no channel.
 */

/** Tells the window whether the engine is in reach. */
export const connectionChannel = 'branchline:connection';

export function callChannel(name: CallName): string {
  return `branchline:call:${name}`;
}

export function eventChannel(name: EventName): string {
  return `branchline:event:${name}`;
}

export function isCallName(name: string): name is CallName {
  return Object.hasOwn(calls, name);
}

/** True for a call that one of the engine's areas answers. */
export function isAreaCallName(name: string): name is AreaCallName {
  return Object.hasOwn(areaCalls, name);
}

export function isEventName(name: string): name is EventName {
  return Object.hasOwn(events, name);
}

export const callNames: readonly CallName[] = Object.keys(calls).filter(isCallName);
export const eventNames: readonly EventName[] = Object.keys(events).filter(isEventName);
