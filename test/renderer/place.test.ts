import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatPlace, parsePlace, windowNames } from '../../renderer/state/place.ts';

it.each([
  ['', { window: 'transmit', within: [] }],
  ['#/nonsense', { window: 'transmit', within: [] }],
  ['#/queue', { window: 'queue', within: [] }],
  ['#/setup/ftp/self-check', { window: 'setup', within: ['ftp', 'self-check'] }],
  ['#/history/%zz', { window: 'history', within: [] }],
])('reads the address "%s"', (hash, place) => {
  expect(parsePlace(hash)).toEqual(place);
});

it('gives back every place that was written into the address', () => {
  const part = fc.string({ minLength: 1 });
  fc.assert(
    fc.property(fc.constantFrom(...windowNames), fc.array(part), (window, within) => {
      expect(parsePlace(formatPlace({ window, within }))).toEqual({ window, within });
    }),
  );
});
