import { colourProbe } from '../colourProbe.ts';
import { correctionDelayProbe } from '../correctionDelayProbe.ts';
import { expose } from '../expose.ts';
import { observePeerConnections } from '../peerConnections.ts';

observePeerConnections();
expose({ ...colourProbe(), ...correctionDelayProbe() });
