/** What the rooms above the engine (command line, web host) may use of this machine: its time, dice and places. */
export { type Clock, parseLocalTime, systemClock } from '../platform/clock.ts';
export { keepMemorySmall } from '../platform/keepMemorySmall.ts';
export { defaultDataDir } from '../platform/paths.ts';
export { type Random, systemRandom } from '../platform/random.ts';
