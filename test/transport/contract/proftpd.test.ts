import { describeWithServer } from '../../servers/describeWithServer.ts';
import { proftpdTraits, startProftpd } from '../../servers/startProftpd.ts';
import { ftpContract, implicitTlsCase, portCommandCase } from './ftpContract.ts';
import { ftpOpening } from './ftpOpening.ts';
import { ftpQuota } from './ftpQuota.ts';

describeWithServer('ProFTPD', 'the transport contract on ProFTPD', () => {
  ftpContract('ProFTPD', {
    traits: proftpdTraits,
    start: startProftpd,
    extraCases: [implicitTlsCase, portCommandCase],
  });
  ftpOpening('ProFTPD', startProftpd);
  ftpQuota('ProFTPD', (options) => startProftpd({ ...options, quotaBytes: 1024 * 1024 }));
});
