import type { Office, SiteClaim, Welcome } from '../../shared/office.ts';
import type { Receipt } from '../../shared/receipt.ts';
import { storeNumberSchema } from '../../shared/sites.ts';

const officeId = '5b3f8c1e-0d5a-4f0e-9b61-3f7f5d1c2a10';
const guid = '5b3f8c1e-0d5a-4f0e-9b61-3f7f5d1c2a11';
const streamId = '0199c0de-0000-7000-8000-000000000002';
const number = storeNumberSchema.parse('0001');
const createdMs = Date.UTC(2026, 2, 1, 6);

const office: Office = {
  format: 'branchline-office',
  formatVersion: 1,
  officeId,
  name: 'Head office',
  centralGuid: guid,
  createdMs,
};
const siteClaim: SiteClaim = {
  format: 'branchline-site',
  formatVersion: 1,
  officeId,
  number,
  guid,
  name: 'Riverside',
  createdMs,
};
const welcome: Welcome = {
  format: 'branchline-welcome',
  formatVersion: 1,
  officeId,
  number,
  guid,
  allStreamId: streamId,
  startsAt: 1,
};
const receipt: Receipt = {
  formatVersion: 1,
  officeId,
  from: number,
  fromGuid: guid,
  to: 'central',
  number: createdMs,
  createdMs,
  answers: [
    { fileName: 'central-0001-00000001-k3f9q2m7.tar.zst', outcome: 'accepted', code: 'ok', message: '' },
    {
      fileName: 'central-0001-00000002-k3f9q2m8.tar.zst',
      outcome: 'rejected',
      code: 'damaged',
      message: 'Cut off.',
    },
  ],
  positions: [{ streamId, to: number, appliedThrough: 1, missing: [{ from: 2, through: 3 }] }],
  damagedReceipts: ['central-0001-01772344800000-k3f9q2m7.receipt.json'],
};

/** One good content for each kind of sealed file on the server. */
export const samples = {
  'office.json': office,
  'site.json': siteClaim,
  'welcome.json': welcome,
  'a receipt': receipt,
} as const;
