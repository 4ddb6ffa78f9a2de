export const trust = {
  firstTitle: 'Do you trust this server?',
  firstIntro:
    'No authority that is known here vouches for it, so only you can tell whether it is the right one. Compare the fingerprint with the one that your provider tells you by telephone or in a letter, not over this connection.',
  firstHostKey:
    'This is the first contact with this server. Compare the fingerprint with the one that your provider tells you by telephone or in a letter, not over this connection.',
  changedTitle: 'The server is not the one you trusted',
  changedIntro:
    'It shows another identity than before. The provider may have renewed it; or somebody is between you and the server, and would read your password. Nothing was sent to it yet.',
  nothingSent: 'Neither username nor password was sent.',
  problem: 'What is wrong:',
  server: 'Server',
  serverValue: (host: string, port: number) => `${host}, port ${port}`,
  subject: { certificate: 'Issued to', 'host-key': 'Host key' },
  issuer: 'Issued by',
  validity: 'Valid',
  validityValue: (from: string, to: string) => `${from} to ${to}`,
  fingerprint: 'SHA-256 fingerprint',
  oldFingerprint: 'Trusted until now',
  newFingerprint: 'Shown now',
  trust: 'Trust this server',
  trustNew: 'Trust the new one',
  doNotTrust: 'Do not trust it',
  confirmed: 'The provider has confirmed the new fingerprint to me.',
  look: 'Look at what it shows…',
  added: 'The server is trusted from now on.',

  listTitle: 'Trusted servers',
  listIntro:
    'From these servers, only the identity with this fingerprint is accepted. Servers that a known authority vouches for need no entry.',
  listEmpty: 'No server is trusted by its fingerprint.',
  kinds: { certificate: 'certificate', 'host-key': 'host key' },
  entry: (host: string, port: number, kind: string) => `${host}, port ${port} (${kind})`,
  since: '· trusted since',
  remove: 'Remove',
  removeLabel: (host: string, port: number) => `Trust ${host}, port ${port} no more`,
  removeTitle: 'Trust this server no more?',
  removeBody: (server: string) =>
    `${server} is asked about again when it is contacted next. Transmissions stop until then.`,
  removeConfirm: 'Trust it no more',
  removeKeep: 'Keep it',
  removed: 'The server is trusted no more.',
} as const;
