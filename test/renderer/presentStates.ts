import type { PresentState } from '../../shared/contract/calls.ts';
import { type Settings, settingsSchema } from '../../shared/settings.ts';

export const centralSettings: Settings = settingsSchema.parse({
  formatVersion: 1,
  site: {
    role: 'central',
    name: 'Head office Utrecht',
    guid: '6f1f6f34-3f0a-4a5e-9f3a-0d6c2f2f0a11',
    officeId: '2f0c2f4e-9b1d-4a6e-8c3b-51a2b6d0e7f4',
  },
  ftp: { host: 'ftp.example.com', username: 'branch', homeDir: '/office', enableSsl: true },
  channels: ['daily-close', 'price-book'],
});

export const storeSettings: Settings = settingsSchema.parse({
  formatVersion: 1,
  site: {
    role: 'store',
    storeNumber: '0012',
    name: 'Market Street',
    guid: '0b9f2d54-6a1e-4b7c-9d2f-7e5a4c3b2a19',
  },
});

const emptyQueue = { queued: 0, published: 0, skipped: 0, bytes: 0 };

const notConfigured: PresentState = {
  version: '0.1.0',
  dataDir: '/home/office/.local/share/branchline',
  practice: false,
  hasPassword: false,
  hasPassphrase: false,
  status: { configured: false, queue: emptyQueue, waitingFiles: 0, stores: [], streams: [], attention: [] },
};

export function configured(settings: Settings, more: Partial<PresentState> = {}): PresentState {
  const { site, ftp } = settings;
  return {
    ...notConfigured,
    settings,
    hasPassword: ftp.host !== '',
    status: {
      ...notConfigured.status,
      configured: true,
      site: {
        role: site.role,
        name: site.role === 'central' ? 'central' : site.storeNumber,
        label: site.name,
        guid: site.guid,
      },
      ...(ftp.host === '' ? {} : { server: `ftp ${ftp.username}@${ftp.host}:${ftp.port} ${ftp.homeDir}` }),
    },
    ...more,
  };
}
