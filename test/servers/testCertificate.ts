import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = resolve(import.meta.dirname, '../../node_modules/.cache/branchline-certificate');

/** The self-signed certificate of all test servers: `localhost` and 127.0.0.1. */
export interface TestCertificate {
  /** PEM of the certificate alone. */
  readonly certificateFile: string;
  /** PEM of key and certificate. */
  readonly keyAndCertificateFile: string;
  readonly fingerprintSha256: string;
}

function make(target: string): void {
  const key = `${target}.${process.pid}.key`;
  const certificate = `${target}.${process.pid}.crt`;
  const both = `${target}.${process.pid}`;
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '3650', '-subj', '/CN=localhost'],
      ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', key, '-out', certificate],
    ],
    { stdio: 'pipe' },
  );
  writeFileSync(both, readFileSync(key, 'utf8') + readFileSync(certificate, 'utf8'), { mode: 0o600 });
  try {
    // A link, not a rename: of two test processes at their first run the first one wins for both.
    linkSync(both, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
  } finally {
    for (const file of [key, certificate, both]) rmSync(file, { force: true });
  }
}

/** Made once, then reused; goes away with node_modules. */
export function testCertificate(): TestCertificate {
  mkdirSync(folder, { recursive: true });
  const keyAndCertificateFile = join(folder, 'keyAndCertificate.pem');
  const certificateFile = join(folder, 'certificate.pem');
  if (!existsSync(keyAndCertificateFile)) make(keyAndCertificateFile);
  const pem = readFileSync(keyAndCertificateFile, 'utf8');
  const certificate = new X509Certificate(pem.slice(pem.indexOf('-----BEGIN CERTIFICATE-----')));
  if (!existsSync(certificateFile)) {
    writeFileSync(`${certificateFile}.${process.pid}`, certificate.toString());
    renameSync(`${certificateFile}.${process.pid}`, certificateFile);
  }
  return { certificateFile, keyAndCertificateFile, fingerprintSha256: certificate.fingerprint256 };
}
