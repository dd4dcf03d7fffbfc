/** Neutral grey, so that colour belongs to the data; series in colours that all eyes tell apart (Okabe and Ito 2008). */
export const styles = `
:root { color-scheme: light dark; --ground: #f4f4f4; --card: #fff; --ink: #1c1c1c; --soft: #666; --rule: #ddd;
  --good: #1a7f4b; --bad: #b3261e; --s1: #0067a3; --s2: #c25700; --s3: #00805c; --s4: #9a4b80; --s5: #8a7400; --s6: #555; }
@media (prefers-color-scheme: dark) { :root { --ground: #161616; --card: #212121; --ink: #ededed; --soft: #a3a3a3; --rule: #3a3a3a;
  --good: #5fc98f; --bad: #ff8a80; --s1: #5ab4e8; --s2: #f0994d; --s3: #3fc79a; --s4: #d98cbd; --s5: #d8c24a; --s6: #b5b5b5; } }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 1240px; margin: 0 auto; padding: 24px clamp(14px, 4vw, 40px) 64px; }
h1 { font-size: clamp(26px, 5vw, 36px); font-weight: 600; line-height: 1.2; margin: 16px 0 4px; }
h2 { font-size: 24px; font-weight: 600; margin: 56px 0 4px; }
h3 { font-size: 16px; font-weight: 600; margin: 28px 0 8px; }
p { margin: 0 0 8px; max-width: 72ch; }
.soft, .note { color: var(--soft); font-size: 14px; }
nav { display: flex; flex-wrap: wrap; gap: 8px 20px; margin: 16px 0; }
a { color: var(--s1); }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 360px), 1fr)); gap: 16px; margin-top: 16px; }
figure, .table { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; margin: 0; padding: 14px 16px; }
figure.wide { grid-column: 1 / -1; overflow-x: auto; }
figcaption { font-weight: 600; margin-bottom: 8px; }
figure .note { margin: 6px 0 0; font-size: 13px; }
svg { display: block; width: 100%; height: auto; overflow: visible; }
svg text { fill: var(--soft); font-size: 11px; }
svg text.value { fill: var(--ink); }
.grid, .axis { stroke: var(--rule); fill: none; stroke-width: 1; }
.axis { stroke: var(--soft); }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; }
.line.over { stroke-width: 1.5; }
.bar { opacity: .38 } .bar.solid { opacity: 1 }
.dots { opacity: .6 }
.limit { stroke: var(--bad); stroke-dasharray: 4 3; fill: none; }
svg text.limit { stroke: none; fill: var(--bad); }
.legend { display: flex; flex-wrap: wrap; gap: 2px 16px; margin: 6px 0 0; font-size: 13px; color: var(--soft); }
.legend span::before { content: ''; display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin-right: 6px; background: currentColor; }
.legend span { color: var(--ink) } .legend span::before { background: var(--c) }
.s1 { --c: var(--s1) } .s2 { --c: var(--s2) } .s3 { --c: var(--s3) } .s4 { --c: var(--s4) } .s5 { --c: var(--s5) } .s6 { --c: var(--s6) }
.line { stroke: var(--c) } .bar, .dots { fill: var(--c) }
.table { overflow-x: auto; padding: 4px 16px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 600; color: var(--soft); }
th, td { padding: 7px 14px 7px 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
tr:last-child td { border-bottom: 0 }
td.number, th.number { text-align: right; white-space: nowrap; }
.good { color: var(--good) } .bad { color: var(--bad) }
.good, .bad { font-weight: 600; white-space: nowrap; }
@media (max-width: 640px) {
  .verdicts thead { display: none }
  .verdicts tr { display: grid; grid-template-columns: 1fr auto auto; gap: 0 12px; padding: 10px 0; border-bottom: 1px solid var(--rule); }
  .verdicts tr:last-child { border-bottom: 0 }
  .verdicts td { border: 0; padding: 0 }
  .verdicts td:nth-child(2) { grid-column: 1 / -1; grid-row: 2 }
  .verdicts td:nth-child(4) { color: var(--soft) }
}
.flag { display: inline-block; border: 1px solid var(--bad); color: var(--bad); border-radius: 6px; padding: 2px 10px; white-space: pre-line; }
details { margin-top: 16px } summary { cursor: pointer; font-weight: 600; }
summary + * { margin-top: 10px }
code { font-family: ui-monospace, monospace; font-size: 13px; overflow-wrap: anywhere; }
`;
