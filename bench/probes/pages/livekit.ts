import { createLiveKitPeer } from '../../peers/livekit.ts';
import { exposePeer } from '../exposePeer.ts';

exposePeer(createLiveKitPeer);
