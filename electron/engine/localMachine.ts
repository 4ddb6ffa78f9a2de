/** What the rooms above the engine (command line, web host) may use of this machine: its time and its dice. */
export { type Clock, parseLocalTime, systemClock } from '../platform/clock.ts';
export { systemRandom } from '../platform/random.ts';
