import { counted } from './words.ts';

export const queue = {
  title: 'Queue',
  description: 'Packets that are not delivered yet. The queue survives restarts.',
  emptyTitle: 'The queue is empty',
  emptyBody:
    'Everything has been sent and answered. Put files into the outgoing folder and press Transmit; what cannot be delivered at once waits here.',
  emptyAction: 'Go to Transmit',
  summary: (count: number, size: string) => `${counted(count, 'packet')}, ${size}`,
  filterLabel: 'Show packets by state',
  states: {
    queued: 'Waiting',
    published: 'Sent',
    skipped: 'Skipped',
    answered: 'Answered',
    cancelled: 'Cancelled',
  },
  filters: { all: 'All', skipped: 'Skipped', queued: 'Waiting', published: 'Sent, not answered' },
  searchLabel: 'Search',
  searchPlaceholder: 'Store or packet',
  nothingFound: 'No packet matches.',
  showAll: 'Show all',
  tableLabel: 'Packets in the queue',
  columns: {
    packet: 'Packet',
    state: 'State',
    since: 'Since',
    note: 'What is known',
    actions: 'Actions',
  },
  groupSummary: (parts: { readonly total: number; readonly skipped: number; readonly size: string }) =>
    [
      counted(parts.total, 'packet'),
      parts.size,
      ...(parts.skipped > 0 ? [`${parts.skipped} skipped`] : []),
    ].join(' · '),
  selectRow: (packet: string) => `Select ${packet}`,
  selectAll: 'Select all packets shown',
  selected: (count: number) => `${counted(count, 'packet')} selected`,
  clearSelection: 'Clear selection',
  voidPacket: 'Tells the addressee not to wait for a cancelled packet',
  packetFiles: (count: number) => counted(count, 'file'),
  noFiles: 'No files',
  attempts: (count: number) => (count === 1 ? 'Tried once.' : `Tried ${count} times.`),
  nextTry: 'Next try',
  awaiting: (sites: string) => `Awaits the answer of ${sites}.`,
  awaitingMany: (count: number) => `Awaits the answers of ${counted(count, 'store')}.`,
  setAside: 'Set aside by a person.',
  notTried: 'Goes with the next transmission.',

  actionsOf: (packet: string) => `Actions for ${packet}`,
  showFiles: 'Show its files',
  retry: 'Retry',
  retryMany: (count: number) => `Retry ${count}`,
  retryAll: (count: number) => `Retry all skipped (${count})`,
  skip: 'Set aside',
  skipMany: (count: number) => `Set ${count} aside`,
  cancel: 'Cancel delivery…',
  cancelMany: (count: number) => `Cancel ${count}…`,
  resend: 'Send again',
  resendMany: (count: number) => `Send ${count} again`,
  cancelTitle: (count: number) =>
    count === 1 ? 'Cancel this delivery?' : `Cancel ${counted(count, 'delivery', 'deliveries')}?`,
  cancelBody: (count: number) =>
    `${count === 1 ? 'The packet is' : 'The packets are'} given up for good: the addressee never gets the files in ${count === 1 ? 'it' : 'them'}, and is told not to wait. The files stay in the backup folder. To send them after all, put them into the outgoing folder again.`,
  cancelLater: 'To send later instead, set it aside.',
  cancelConfirm: (count: number) =>
    count === 1 ? 'Give this packet up' : `Give ${counted(count, 'packet')} up`,
  cancelKeep: 'Keep in the queue',
  retried: (count: number) =>
    `${counted(count, 'packet is', 'packets are')} back in the queue; the next transmission tries again.`,
  skippedNow: (count: number) => `${counted(count, 'packet is', 'packets are')} set aside until you retry.`,
  cancelledNow: (count: number) => `${counted(count, 'delivery was', 'deliveries were')} cancelled.`,
  nothingChanged: 'Nothing was changed: the engine had moved on.',

  filesTitle: (packet: string) => `Files in ${packet}`,
  filesOf: 'Files in this packet',
  fileColumns: { channel: 'Channel', path: 'File', size: 'Size', modified: 'Changed' },
  filesMore: (count: number) => `and ${counted(count, 'more file')}`,

  resendOpen: 'Send again…',
  resendTitle: 'Send packets again',
  resendBody:
    'Queues packets again from the backup folder. It is safe: a site that has a packet already answers "duplicate" and changes nothing.',
  resendTo: 'To',
  resendToHint: 'central, all, or a store number. Empty: everybody.',
  resendSince: 'Made since',
  resendSinceHint: 'Your local time. Empty: everything in the backup folder.',
  resendNeeded: 'Give an addressee, a time, or both.',
  resendConfirm: 'Queue again',
  resent: (count: number) =>
    count === 0
      ? 'There was no packet to send again.'
      : `${counted(count, 'packet is', 'packets are')} queued again; the next transmission sends.`,
  unavailableTitle: (count: number) => `${counted(count, 'packet')} cannot be sent again`,
} as const;
