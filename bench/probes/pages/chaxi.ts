import { createChaxiPeer } from '../../peers/chaxi.ts';
import { exposePeer } from '../exposePeer.ts';

exposePeer(createChaxiPeer);
