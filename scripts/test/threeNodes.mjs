import { basename } from 'node:path';
import { sideBySideOptions } from './sideBySide.mjs';

/** The integration tests, which are written for one node, also run on a cluster of three; but for these, each for its reason. */

/** Files, by the beginning of their names. @type {Record<string, string>} */
export const filesLeftOut = {
  'bench.': 'The bench measures one node, which it starts by itself or finds by its address.',
  'cluster.': 'They start their own clusters.',
  'media.nodePipes': 'It makes its own nodes.',
  'media.spread': 'How one node spreads a room over its workers.',
  'media.workers': 'How one node replaces its workers.',
  'metrics.': 'A node counts what happens on it.',
  'process.': 'A process is one node.',
  'rooms.leak': 'What one node holds.',
  'stills.database': 'The database is of one node.',
  'stills.process': 'A process is one node.',
  'stills.upload': 'What a node makes of a picture that is sent to it.',
  'storage.': 'They start no node.',
  'tasting.process': 'A process is one node, and so is the database that fails.',
};

/** Single tests, by file and title. @type {Record<string, Record<string, string>>} */
export const testsLeftOut = {
  'messages.delivery.test.ts': {
    'which of many at once are told together': 'Each node collects those of its own people.',
  },
  'messages.sockets.test.ts': {
    'are bounded for each person': 'Each node counts its own.',
    'are refused more messages than one person may send, whatever the device': 'Each node counts its own.',
  },
  'rooms.moderation.test.ts': {
    'ends in what was asked for last when requests come in one go':
      'It counts each step; other nodes are told what is so now, and not each step on the way.',
  },
  'rooms.quality.test.ts': {
    'is counted in the metrics, with what pages report': 'A node counts the networks of its own people.',
  },
  'rooms.seats.test.ts': {
    'bound how many may stand before the door': 'Each node has as many places before the door.',
    'are no more than the configuration allows': 'It is a limit of each node.',
  },
  'stills.test.ts': {
    'are counted, with how they ended': 'A node counts the stills of its own cameras.',
  },
  'stills.refusals.test.ts': {
    'are as many as the room may keep, those on their way too, until one is removed':
      'Each node keeps as many of its own cameras.',
    'are as many as an API key may keep bytes of, in all its rooms together, until one is removed':
      'Each node keeps as many of its own cameras.',
  },
  'signaling.sockets.test.ts': {
    'that are replaced in the midst of a join do not throw out what replaced them':
      'It makes its sessions by hand, in the room of one node.',
    'that go before their welcome leave no session behind, for nobody could take it up':
      'It makes its session by hand, in the room of one node.',
  },
};

/** Mocha's. */
export const threeNodesOptions = ['--require', 'test/helpers/threeNodesHooks.ts', ...sideBySideOptions('threeNodes')];

/** @param {string} path of an integration test */
export function runsOnThreeNodes(path) {
  return !Object.keys(filesLeftOut).some((beginning) => basename(path).startsWith(beginning));
}
