/** What OpenSSL's verdict on a server's certificate means, in plain words, without a full stop. `host` is who was asked for. */
export function certificateProblem(problem: string, host: string): string {
  switch (problem) {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return 'it is self-signed: no authority vouches for it';
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return 'it was issued by an authority that is not known here';
    case 'CERT_HAS_EXPIRED':
      return 'it has expired';
    case 'CERT_NOT_YET_VALID':
      return 'it is not valid yet (is the clock of this machine right?)';
    case 'CERT_REVOKED':
      return 'it was revoked';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return `it was issued for another name than ${host}`;
    default:
      return `it did not pass the check (${problem.slice(0, 100)})`;
  }
}
