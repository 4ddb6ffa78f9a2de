import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface MadeCertificate {
  /** PEM. */
  readonly key: string;
  readonly cert: string;
  readonly certificateFile: string;
  readonly keyFile: string;
  readonly fingerprint: string;
}

export interface CertificateWish {
  /** Host names and addresses it is for. */
  readonly names: readonly string[];
  /** Negative: it has expired already. */
  readonly days?: number;
  /** Who signs it; itself where left out. */
  readonly authority?: MadeCertificate;
  readonly isAuthority?: boolean;
}

/** Makes a certificate with openssl, in files of this folder. */
export function makeCertificate(folder: string, id: string, wish: CertificateWish): MadeCertificate {
  const [keyFile, requestFile, certificateFile, extensions] = ['key', 'csr', 'crt', 'ext'].map((ending) =>
    join(folder, `${id}.${ending}`),
  ) as [string, string, string, string]; // Four endings make four paths.
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
  const san = wish.names.map((name) => (/^[\d.]+$/.test(name) ? `IP:${name}` : `DNS:${name}`)).join(',');
  const lines = [`subjectAltName=${san}`, ...(wish.isAuthority === true ? ['basicConstraints=CA:TRUE'] : [])];
  writeFileSync(extensions, `${lines.join('\n')}\n`);
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  openssl('req', ...curve, '-nodes', '-subj', `/O=Test/CN=${id}`, '-keyout', keyFile, '-out', requestFile);
  const signer =
    wish.authority === undefined
      ? ['-signkey', keyFile]
      : ['-CA', wish.authority.certificateFile, '-CAkey', wish.authority.keyFile, '-CAcreateserial'];
  const days = ['-days', String(wish.days ?? 30)];
  openssl(
    'x509',
    '-req',
    '-in',
    requestFile,
    ...signer,
    ...days,
    '-extfile',
    extensions,
    '-out',
    certificateFile,
  );
  const cert = readFileSync(certificateFile, 'utf8');
  return {
    key: readFileSync(keyFile, 'utf8'),
    cert,
    certificateFile,
    keyFile,
    fingerprint: new X509Certificate(cert).fingerprint256,
  };
}
