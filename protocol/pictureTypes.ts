/** Pictures that a still may be, by their media type, with the extension of their file names. */
export const pictureTypes = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' } as const;
export type PictureType = keyof typeof pictureTypes;
