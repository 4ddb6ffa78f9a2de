import { expect, it } from 'vitest';
import { emptyFirstRun, readFirstRun } from '../../renderer/windows/firstRun/firstRunForm.ts';

it('asks for a central office with a name, and for ids only where they were given', () => {
  expect(readFirstRun('central', { ...emptyFirstRun, name: ' Head office ' })).toEqual({
    request: { role: 'central', name: 'Head office' },
  });
  const ids = {
    guid: '6f1f6f34-3f0a-4a5e-9f3a-0d6c2f2f0a11',
    officeId: '2f0c2f4e-9b1d-4a6e-8c3b-51a2b6d0e7f4',
  };
  expect(readFirstRun('central', { ...emptyFirstRun, name: 'Head office', ...ids })).toEqual({
    request: { role: 'central', name: 'Head office', ...ids },
  });
});

it('asks for a store with its number in upper case', () => {
  expect(readFirstRun('store', { ...emptyFirstRun, storeNumber: 'ab12', name: 'Market Street' })).toEqual({
    request: { role: 'store', storeNumber: 'AB12', name: 'Market Street' },
  });
});

it.each([
  ['storeNumber', { storeNumber: '' }, '1 to 7 letters or digits'],
  ['storeNumber', { storeNumber: 'all' }, 'reserved'],
  ['name', { name: '  ' }, 'Fill this in.'],
  ['guid', { guid: 'abc' }, 'GUID'],
])('says at the field %s what is wrong with %o', (field, typed, message) => {
  const form = { ...emptyFirstRun, storeNumber: '0012', name: 'Market Street', ...typed };
  expect(readFirstRun('store', form)).toEqual({ errors: { [field]: expect.stringContaining(message) } });
});
