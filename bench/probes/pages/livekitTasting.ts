import { createLiveKitTasting } from '../../peers/livekitTasting.ts';
import { expose } from '../expose.ts';
import { observePeerConnections } from '../peerConnections.ts';
import { tastingProbe } from '../tastingProbe.ts';

observePeerConnections();
expose(tastingProbe(createLiveKitTasting));
