import { createNaivePeer } from '../../peers/naive.ts';
import { exposePeer } from '../exposePeer.ts';

exposePeer(createNaivePeer);
