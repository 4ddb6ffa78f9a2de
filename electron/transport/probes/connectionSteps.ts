import type { CheckStep } from '../../../shared/views.ts';
import { formatUtc } from '../../platform/clock.ts';
import type { CertificateFacts, ConnectStep, ConnectStepName } from '../transport.ts';

const labels: Record<ConnectStepName, string> = {
  resolve: 'Name resolved',
  connect: 'TCP connected',
  greeting: 'Greeting',
  tls: 'Encrypted with TLS',
  'host-key': 'Host key known',
  login: 'Logged in',
  home: 'Home Dir found',
};

const meanings: Record<ConnectStepName, string> = {
  resolve: 'The server is not found, so no transmission can begin.',
  connect: 'The server is not reached, so no transmission can begin.',
  greeting: 'Something answers, but it is not a server that is ready for us.',
  tls: 'No encrypted connection comes about, so nothing is sent, the password included.',
  'host-key':
    'Nobody has trusted this server yet, or it shows another key than before; nothing is sent, the password included.',
  login: 'The server does not let this site in, so no transmission can begin.',
  home: 'The office exchanges packets through this directory, so no transmission can begin.',
};

const dayMs = 24 * 60 * 60 * 1000;
const expiryNoticeDays = 30;

/** A step of opening a connection, as people read it. `nowMs` tells whether a certificate is about to expire. */
export function connectionStep(step: ConnectStep, advice: string, nowMs: number): CheckStep {
  const row = {
    name: step.name,
    label: labels[step.name],
    durationMs: step.durationMs,
    detail: [step.detail, ...certificateLines(step.certificate)].filter((text) => text !== '').join('; '),
  };
  if (!step.ok) return { ...row, outcome: 'failed', meaning: meanings[step.name], advice };
  const expiry = expiryNotice(step.certificate, nowMs);
  if (expiry === '') return { ...row, outcome: 'ok', meaning: '', advice: '' };
  const ask =
    'Ask the FTP provider to renew it. If it is trusted here by its fingerprint, the new one has to be trusted then, too.';
  return { ...row, outcome: 'note', meaning: expiry, advice: ask };
}

/** The steps that come after one that failed. TLS and the host key are left out: which of them is wanted is not known here. */
export function stepsNotRun(failed: ConnectStepName): CheckStep[] {
  const order: ConnectStepName[] = ['resolve', 'connect', 'greeting', 'tls', 'host-key', 'login', 'home'];
  const later = order
    .slice(order.indexOf(failed) + 1)
    .filter((name) => name !== 'tls' && name !== 'host-key');
  return later.map((name) => ({
    name,
    label: labels[name],
    outcome: 'not-run',
    durationMs: 0,
    detail: '',
    meaning: '',
    advice: '',
  }));
}

function certificateLines(certificate: CertificateFacts | undefined): string[] {
  if (certificate === undefined) return [];
  return [
    `certificate of ${certificate.subject}`,
    `issued by ${certificate.issuer}`,
    `valid from ${formatUtc(certificate.validFromMs)} to ${formatUtc(certificate.validToMs)}`,
    `SHA-256 fingerprint ${certificate.fingerprintSha256}`,
  ];
}

function expiryNotice(certificate: CertificateFacts | undefined, nowMs: number): string {
  if (certificate === undefined) return '';
  const days = Math.floor((certificate.validToMs - nowMs) / dayMs);
  if (days < 0)
    return 'The certificate has expired; it is accepted only because a person has trusted it here.';
  if (days >= expiryNoticeDays) return '';
  return `The certificate expires in ${days} day${days === 1 ? '' : 's'}; after that no connection is made.`;
}
