/** As many bars as there is room for, each as high as the loudest part of the recording that it stands for. */
export function waveformBars(waveform: readonly number[], bars: number): number[] {
  return Array.from({ length: bars }, (_, bar) => {
    const first = Math.floor((bar * waveform.length) / bars);
    const last = Math.max(first + 1, Math.ceil(((bar + 1) * waveform.length) / bars));
    return Math.max(0, ...waveform.slice(first, last));
  });
}
