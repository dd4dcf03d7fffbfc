import { callerProbe } from '../callerProbe.ts';
import { expose } from '../expose.ts';
import { observePeerConnections } from '../peerConnections.ts';

observePeerConnections();
expose(callerProbe());
