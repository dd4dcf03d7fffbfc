import type { Size } from './arrange.ts';

export interface Point {
  x: number;
  y: number;
}

/** How a picture lies in a frame: which point of it is in the middle, and how large it is. */
export interface ZoomView {
  /** CSS pixels for one pixel of the picture. */
  scale: number;
  /** In pixels of the picture. */
  center: Point;
}

/** CSS pixels for one pixel of the picture, at most: single pixels can be told apart and pointed at. */
const LARGEST_SCALE = 48;

/** The whole picture, as large as the frame lets it be. */
export function fit(picture: Size, frame: Size): ZoomView {
  return { scale: fitScale(picture, frame), center: { x: picture.width / 2, y: picture.height / 2 } };
}

export function fitScale(picture: Size, frame: Size): number {
  return Math.min(frame.width / picture.width, frame.height / picture.height);
}

/** Which point of the picture lies at a place of the frame, in CSS pixels from its top left. */
export function toPicture({ scale, center }: ZoomView, frame: Size, place: Point): Point {
  return { x: center.x + (place.x - frame.width / 2) / scale, y: center.y + (place.y - frame.height / 2) / scale };
}

export function toFrame({ scale, center }: ZoomView, frame: Size, point: Point): Point {
  return { x: frame.width / 2 + (point.x - center.x) * scale, y: frame.height / 2 + (point.y - center.y) * scale };
}

/** The pixel that holds a point of the picture; beyond the edge the outermost. */
export function pixelAt({ x, y }: Point, { width, height }: Size): Point {
  return {
    x: Math.min(Math.max(Math.floor(x), 0), width - 1),
    y: Math.min(Math.max(Math.floor(y), 0), height - 1),
  };
}

/** Another size; what lies at `place` stays there as far as the edges of the picture allow. */
export function zoomTo(view: ZoomView, scale: number, picture: Size, frame: Size, place: Point): ZoomView {
  const least = fitScale(picture, frame);
  const next = Math.min(Math.max(scale, least), Math.max(LARGEST_SCALE, least));
  const fixed = toPicture(view, frame, place);
  const center = {
    x: fixed.x - (place.x - frame.width / 2) / next,
    y: fixed.y - (place.y - frame.height / 2) / next,
  };
  return within({ scale: next, center }, picture, frame);
}

/** Moved by CSS pixels, as a finger moves it. */
export function pan({ scale, center }: ZoomView, by: Point, picture: Size, frame: Size): ZoomView {
  return within({ scale, center: { x: center.x - by.x / scale, y: center.y - by.y / scale } }, picture, frame);
}

/** A view in which this point can be seen, moved no further than needed. */
export function reveal(view: ZoomView, point: Point, picture: Size, frame: Size): ZoomView {
  const along = (middle: number, wanted: number, length: number) => {
    const half = (0.9 * length) / 2 / view.scale;
    return Math.min(Math.max(middle, wanted - half), wanted + half);
  };
  const center = {
    x: along(view.center.x, point.x, frame.width),
    y: along(view.center.y, point.y, frame.height),
  };
  return within({ ...view, center }, picture, frame);
}

/** Keeps the picture over the frame; where it is smaller than the frame, in its middle. */
export function within({ scale, center }: ZoomView, picture: Size, frame: Size): ZoomView {
  const along = (middle: number, length: number, shown: number) =>
    length <= shown ? length / 2 : Math.min(Math.max(middle, shown / 2), length - shown / 2);
  return {
    scale,
    center: {
      x: along(center.x, picture.width, frame.width / scale),
      y: along(center.y, picture.height, frame.height / scale),
    },
  };
}
