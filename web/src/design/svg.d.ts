/** SVG files are bundled as text (esbuild loader `text`). */
declare module '*.svg' {
  const text: string;
  export default text;
}
