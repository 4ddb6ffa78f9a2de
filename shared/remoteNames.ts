import { type Addressee, addresseeSchema, type SiteName, siteNameSchema } from './sites.ts';

/**
 * Names under the home directory. All paths are relative to Home Dir, ASCII, with `/` between parts.
 * Source: design "Packets".
 */
export const officeFile = 'office.json';
export const tmpFolder = 'tmp';
export const allFolder = 'all';

/** The folder a site reads its packets and receipts from. */
export function inboxFolder(site: SiteName): string {
  return site === 'central' ? 'central' : `stores/${site}`;
}

/** The folder that packets for this addressee are published in. */
export function folderOf(addressee: Addressee): string {
  return addressee === 'all' ? allFolder : inboxFolder(addressee);
}

/** Where a store says who it is. */
export function siteFile(store: SiteName): string {
  return `${inboxFolder(store)}/site.json`;
}

/** Where the central site answers a store's first contact. */
export function welcomeFile(store: SiteName): string {
  return `${inboxFolder(store)}/welcome.json`;
}

export interface RemoteName {
  readonly kind: 'packet' | 'receipt';
  readonly from: SiteName;
  readonly to: Addressee;
  /** A packet's stream sequence (from 1), or a receipt's own number. */
  readonly sequence: number;
  /** 8 characters of [a-z0-9], random, so that a name is never reused. */
  readonly shortId: string;
}

const pattern =
  /^([A-Za-z0-9]{1,7})-([A-Za-z0-9]{1,7})-([0-9]{8,15})-([a-z0-9]{8})\.(tar\.zst|receipt\.json)$/;

/** `0012-central-00000042-k3f9q2m7.tar.zst`; a receipt ends in `.receipt.json`. */
export function formatRemoteName(name: RemoteName): string {
  const ending = name.kind === 'packet' ? 'tar.zst' : 'receipt.json';
  return `${name.from}-${name.to}-${String(name.sequence).padStart(8, '0')}-${name.shortId}.${ending}`;
}

/** The name's parts, or undefined for any name that Branchline did not make (`.part` files among them). */
export function parseRemoteName(text: string): RemoteName | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const from = siteNameSchema.safeParse(match[1]);
  const to = addresseeSchema.safeParse(match[2]);
  const sequence = Number(match[3]);
  const shortId = match[4];
  if (!from.success || !to.success || shortId === undefined) return undefined;
  if (!Number.isSafeInteger(sequence) || sequence < 1) return undefined;
  const name: RemoteName = {
    kind: match[5] === 'tar.zst' ? 'packet' : 'receipt',
    from: from.data,
    to: to.data,
    sequence,
    shortId,
  };
  return formatRemoteName(name) === text ? name : undefined;
}
