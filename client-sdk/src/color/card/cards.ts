import { chaxiCard } from './chaxiCard.ts';
import { classic24 } from './classic24.ts';
import type { ColorCard } from './ColorCard.ts';

/** Every card that is known. */
export const colorCards: readonly ColorCard[] = [classic24, chaxiCard];
