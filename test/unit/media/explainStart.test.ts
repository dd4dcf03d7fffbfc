import { expect } from 'chai';
import { explainStart } from '../../../server/media/explainStart.ts';

describe('why a media worker does not start', () => {
  const cases: [says: string, error: unknown, explanation: RegExp][] = [
    [
      'names the port and its key where the port is in use',
      new Error("uv_udp_bind() failed [protocol:udp, ip:'127.0.0.1', port:44480]: address already in use"),
      /^Port 44480 for media is in use\. .*media\.basePort \(CHAXI_MEDIA_BASE_PORT\)/,
    ],
    [
      'names the address and its key where the machine does not have it',
      new Error("uv_tcp_bind() failed [protocol:tcp, ip:'2001:db8::9', port:44480]: address not available"),
      /no address 2001:db8::9 .*media\.listenIps \(CHAXI_MEDIA_LISTEN_IPS\)/,
    ],
    [
      'does so too where any port would do',
      new Error(
        "port bind failed due to address not available [protocol:udp, ip:'192.0.2.1', port:45017, attempt:1/1]",
      ),
      /no address 192\.0\.2\.1 /,
    ],
    [
      'names the binary and what gets it where there is none',
      new Error('spawn /nowhere/a worker ENOENT'),
      /worker \/nowhere\/a worker can not be started .*scripts\/setup\.mjs/,
    ],
    ['repeats what it does not know', new Error('[pid:1, code:41, signal:null]'), /not start: \[pid:1, code:41/],
    ['takes what is no error', 'oh', /not start: oh$/],
  ];
  for (const [says, error, explanation] of cases) {
    it(says, () => expect(explainStart(error)).to.match(explanation));
  }
});
