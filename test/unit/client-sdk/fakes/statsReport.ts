/** A report with these entries, as getStats() gives it. */
export function statsReport(entries: readonly ({ type: string } & Record<string, unknown>)[]): RTCStatsReport {
  return new Map(entries.map((entry, index) => [String(index), entry])) as unknown as RTCStatsReport;
}
