import { directProbe } from '../directProbe.ts';
import { expose } from '../expose.ts';
import { observePeerConnections } from '../peerConnections.ts';

observePeerConnections();
expose(directProbe());
