import { describeWithServer } from '../../servers/describeWithServer.ts';
import { startVsftpd, vsftpdTraits } from '../../servers/startVsftpd.ts';
import { ftpContract, implicitTlsCase, portCommandCase } from './ftpContract.ts';
import { ftpOpening } from './ftpOpening.ts';

describeWithServer('vsftpd', 'the transport contract on vsftpd', () => {
  ftpContract('vsftpd', {
    traits: vsftpdTraits,
    start: startVsftpd,
    extraCases: [implicitTlsCase, portCommandCase],
    // It has no MLSD, and its LIST of a missing folder is an empty one.
    differences: { missingFolderCodes: [] },
  });
  ftpOpening('vsftpd', startVsftpd);
});
