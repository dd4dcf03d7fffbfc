/**
 * Colour: finding a card in a picture, and how different two colours look. A part of its own, so that whoever only watches
 * never loads it.
 */
export type { ColorCard, ColorPatch, LinearRgb } from './card/ColorCard.ts';
export { colorCards } from './card/cards.ts';
export { chaxiCard, chaxiPatches } from './card/chaxiCard.ts';
export type { Point, Quad } from './card/geometry.ts';
export type { CardProblem } from './card/judgeLight.ts';
export { readColorCard } from './card/readColorCard.ts';
export type { CardReading, ColorDifference, PatchReading } from './card/readColorCard.ts';
export type { ColorCorrection } from './ColorCorrection.ts';
export { ciede2000, labOf } from './colorDifference.ts';
export type { Lab, RgbBytes } from './colorDifference.ts';
export type { Picture } from './Picture.ts';
export { fromLinear, toLinear } from './srgb.ts';
