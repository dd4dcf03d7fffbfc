import type { Picture } from '../../../client-sdk/src/color/index.ts';
import type { Point } from '../layout/zoomView.ts';

/** The pixels of a picture that is shown, as sRGB. Only what is looked at is read, so a large photograph costs little. */
export class PicturePixels {
  readonly width: number;
  readonly height: number;
  readonly #bitmap: ImageBitmap;
  readonly #canvas = document.createElement('canvas');

  /** `image` has to be loaded, with CORS. */
  static async of(image: HTMLImageElement): Promise<PicturePixels> {
    return new PicturePixels(await createImageBitmap(image));
  }

  private constructor(bitmap: ImageBitmap) {
    this.width = bitmap.width;
    this.height = bitmap.height;
    this.#bitmap = bitmap;
  }

  /** A square of 2 `radius` + 1 pixels around a pixel; transparent beyond the edge. */
  around({ x, y }: Point, radius: number): Picture {
    const size = 2 * radius + 1;
    this.#canvas.width = this.#canvas.height = size;
    const context = this.#canvas.getContext('2d', { willReadFrequently: true, colorSpace: 'srgb' })!;
    context.drawImage(this.#bitmap, radius - x, radius - y);
    const { data } = context.getImageData(0, 0, size, size);
    return { width: size, height: size, data: data as Picture['data'] };
  }

  /** Draws the same square, magnified, over the whole canvas. */
  magnify({ x, y }: Point, radius: number, canvas: HTMLCanvasElement): void {
    const context = canvas.getContext('2d')!;
    const scale = canvas.width / (2 * radius + 1);
    context.resetTransform();
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingEnabled = false;
    context.setTransform(scale, 0, 0, scale, (radius - x) * scale, (radius - y) * scale);
    context.drawImage(this.#bitmap, 0, 0);
  }

  close(): void {
    this.#bitmap.close();
  }
}
