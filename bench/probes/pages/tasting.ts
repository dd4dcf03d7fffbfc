import { createChaxiTasting } from '../../peers/chaxiTasting.ts';
import { expose } from '../expose.ts';
import { observePeerConnections } from '../peerConnections.ts';
import { tastingProbe } from '../tastingProbe.ts';

observePeerConnections();
expose(tastingProbe(createChaxiTasting));
