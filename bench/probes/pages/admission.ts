import { expose } from '../expose.ts';
import { guestProbe } from '../guestProbe.ts';
import { hostProbe } from '../hostProbe.ts';
import { observePeerConnections } from '../peerConnections.ts';

observePeerConnections();
expose({ ...hostProbe(), ...guestProbe() });
