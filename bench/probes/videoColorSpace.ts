/** What WebCodecs calls the matrices. */
const matrices = { bt601: 'smpte170m', bt709: 'bt709' } as const;

/** Of frames as a camera gives them: limited range in this matrix. Without it Chromium takes frames made by hand for BT.709. */
export function videoColorSpace(matrix: keyof typeof matrices): VideoColorSpaceInit {
  return { matrix: matrices[matrix], primaries: 'bt709', transfer: 'bt709', fullRange: false };
}
