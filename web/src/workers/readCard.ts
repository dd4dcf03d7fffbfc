/** Looks for the color card in pictures, one after another, beside the page, so that no video waits for it. */
import { readColorCard, type Picture } from '../../../client-sdk/src/color/index.ts';

addEventListener('message', ({ data }: MessageEvent<Picture>) => postMessage(readColorCard(data)));
