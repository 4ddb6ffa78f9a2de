import { describe, expect, it } from 'vitest';
import {
  channelProblem,
  defaultFolder,
  readSetupForm,
  toSetupForm,
} from '../../renderer/windows/setup/setupForm.ts';
import { settingsSchema } from '../../shared/settings.ts';
import { centralSettings, storeSettings } from './presentStates.ts';

describe('Setup as a form', () => {
  it('gives back what it was given, for both roles, and keeps the folder that it does not show', () => {
    const withFolders = settingsSchema.parse({
      ...storeSettings,
      folders: {
        outgoing: '/data/out',
        incoming: 'C:\\data\\in',
        backup: '\\\\nas\\backup',
        sent: '/data/sent',
      },
    });
    for (const settings of [centralSettings, storeSettings, withFolders]) {
      const { site, folders, channels } = settings;
      expect(readSetupForm(toSetupForm(settings), settings)).toEqual({ change: { site, folders, channels } });
    }
  });

  it('goes back to the default folder when a field is emptied', () => {
    const settings = settingsSchema.parse({ ...storeSettings, folders: { outgoing: '/data/out' } });
    const form = { ...toSetupForm(settings), outgoing: ' ' };
    expect(readSetupForm(form, settings)).toMatchObject({ change: { folders: {} } });
  });

  it.each([
    ['name', { name: ' ' }, 'Fill this in.'],
    ['name', { name: 'x'.repeat(201) }, '200 characters'],
    ['incoming', { incoming: 'data/in' }, 'whole path'],
    ['channels', { channels: ['Daily Close'] }, 'lower-case'],
  ])('says at the field %s what is wrong with %o', (field, typed, message) => {
    const read = readSetupForm({ ...toSetupForm(storeSettings), ...typed }, storeSettings);
    expect(read).toEqual({ errors: { [field]: expect.stringContaining(message) } });
  });
});

it('says why a channel cannot be added', () => {
  expect(channelProblem('price-book', [])).toBeUndefined();
  expect(channelProblem('price-book', ['price-book'])).toBe('This channel is there already.');
  expect(channelProblem('con', [])).toContain('Windows reserves');
  expect(channelProblem('', [])).toContain('1 to 64');
});

it("writes a default folder as the engine's system does", () => {
  expect(defaultFolder('/srv/branchline', 'incoming')).toBe('/srv/branchline/incoming');
  expect(defaultFolder('C:\\Users\\a\\Branchline', 'incoming')).toBe('C:\\Users\\a\\Branchline\\incoming');
});
