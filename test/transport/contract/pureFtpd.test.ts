import { describeWithServer } from '../../servers/describeWithServer.ts';
import { pureFtpdTraits, startPureFtpd } from '../../servers/startPureFtpd.ts';
import { ftpContract } from './ftpContract.ts';
import { ftpOpening } from './ftpOpening.ts';
import { ftpQuota } from './ftpQuota.ts';

describeWithServer('Pure-FTPd', 'the transport contract on Pure-FTPd', () => {
  ftpContract('Pure-FTPd', { traits: pureFtpdTraits, start: startPureFtpd });
  ftpOpening('Pure-FTPd', startPureFtpd);
  ftpQuota('Pure-FTPd', (options) => startPureFtpd({ ...options, quotaMegabytes: 1 }));
});
