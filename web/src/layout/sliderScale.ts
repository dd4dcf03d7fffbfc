import type { CameraRange } from '../../../client-sdk/src/index.ts';

/** A slider of this many places, for values that are chosen by ratio. */
const PLACES = 100;
/** From here on even steps would leave the small values no room. */
const WIDE = 20;

/** How a slider goes through a range: evenly, or from ratio to ratio where the range is wide. */
export interface SliderScale {
  min: number;
  max: number;
  /** HTML wants `any` for no steps. */
  step: number | 'any';
  toPlace(value: number): number;
  toValue(place: number): number;
}

export function sliderScale({ min, max, step }: CameraRange): SliderScale {
  if (min <= 0 || max / min < WIDE) {
    return { min, max, step: step || 'any', toPlace: (value) => value, toValue: (place) => place };
  }
  const ratio = Math.log(max / min);
  return {
    min: 0,
    max: PLACES,
    step: 1,
    toPlace: (value) => Math.round((PLACES * Math.log(value / min)) / ratio),
    toValue: (place) => min * Math.exp((ratio * place) / PLACES),
  };
}
