/** How each scenario measures, in a few sentences; docs/benchmarks.md has the whole. */
export const methods: Record<string, string> = {
  join: 'From room.join() to the first decoded frame whose number could be read, in Chromium, over TLS, through a relay in user space that makes the round trip time for publisher and watcher alike. Each join is a fresh page that has loaded the SDK. Kinds are mixed in rounds. A join that fails counts as 10 s.',
  admit:
    'A guest waits in the lobby, in a fresh page of Chromium, with its media connected; the host, in a page of another process, shows a cup as the SDK publishes it by itself. From the call of room.admit() by the host to the first decoded frame whose number could be read, and to the time that the compositor expects the first one on the screen of the guest, by the clock of the machine. Over TLS, through a relay in user space that makes the round trip time for both. One that fails counts as 10 s.',
  latency:
    'From the making of a frame to its decoding (MediaStreamTrackProcessor) and to the time that the compositor expects it on the screen (requestVideoFrameCallback), one page, one clock. Peer to peer and server take turns with the same source, codec, encoding and bitrate.',
  storm:
    'Joins at even intervals into one room by clients without a browser (ICE, DTLS and SRTP by node-datachannel) over TLS, from the opening of the socket to the first complete key frame. The publisher is Chromium. A join that fails counts as 10 s.',
  load: 'Consumers without a browser come in steps; each decrypts one video. A pair of connections in Chromium on the same worker is the canary: it breaks when its 95th percentile passes 150 ms or when it loses 5 % of its frames. Everything shares this machine.',
  colour:
    'CIEDE2000 of the 24 patches of a ColorChecker: as the receiving page shows them against the published colours. By codec, source and profile with flat patches; under wrong lights with a card as a real camera of known sensitivities sees it, spectrum by spectrum, before and after the publishing page has read the card and corrects the camera. The delay is that of numbered frames, with a correction and without, in turns.',
  weak: 'A close-up of 1280 x 720 and a voice from one page to another. One end is in a weak network, made by a relay in user space that carries its signaling and its media; the contenders take turns under each condition, and each begins in a clean network. A frame counts when it was decoded with a valid number; a picture stands where the next frame comes more than 200 ms later; sound is made up where the receiver conceals.',
  failover:
    'Several nodes, a process each, on one Redis; two people in Chromium, who show, talk, watch and hear. A node is killed (SIGKILL, with its workers) or drained, and is started again before the next one. A picture is back with the first decoded frame that was made after the kill; a gap in sound is the longest time without any that was really received, made up sound not counted. While Redis is away, others ask for what needs it and for what does not.',
  cluster:
    'Several nodes, a process each, on one Redis. Watchers and the people of many rooms are clients without a browser, who decrypt what they get and count it; each asks another node to be let in. Joins are those of Chromium, from room.join() to the first decoded frame, by the node that has the room and by another one in turns.',
  messages:
    'One node on SQLite, and two nodes on PostgreSQL and Redis, a process each; on two, who sends is on one and who receives on the other. Each request carries one message, at an even rate that the senders keep whatever the server does; times are from sending to the arrival at each receiver, by the one clock of the machine, and receivers acknowledge as the SDK does. Throughput rises in steps until less than 99 % is acknowledged, or one of a hundred only after a second. In kills all people use the SDK, and what they have in the end is compared with what was acknowledged and with what someone finds who comes afterwards.',
  peers:
    'The same page and source through both, in turns, each through a relay where its server runs here. LiveKit serves no TLS, so against it both speak in the clear.',
};
