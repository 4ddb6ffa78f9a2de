import { describeWithServer } from '../../servers/describeWithServer.ts';
import { pyftpdlibTraits, startPyftpdlib } from '../../servers/startPyftpdlib.ts';
import { ftpContract, portCommandCase } from './ftpContract.ts';
import { ftpOpening } from './ftpOpening.ts';

describeWithServer('pyftpdlib', 'the transport contract on pyftpdlib', () => {
  ftpContract('pyftpdlib', {
    traits: pyftpdlibTraits,
    start: startPyftpdlib,
    extraCases: [portCommandCase],
  });
  ftpOpening('pyftpdlib', startPyftpdlib);
});
