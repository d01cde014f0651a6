/** The style of the HTML members: one file each, nothing is fetched, prints on A4. */
export const REPORT_STYLE = `
:root { color-scheme: light; --ink: #16181d; --soft: #555b66; --line: #d9dce2; --ground: #fff; --accent: #1f4fd8; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 32px 24px 64px; font: 14px/1.5 Inter, system-ui, sans-serif; color: var(--ink); background: var(--ground); }
h1 { font-size: 24px; line-height: 1.25; margin: 0 0 4px; } h2 { font-size: 17px; margin: 32px 0 8px; padding-top: 8px; border-top: 1px solid var(--line); }
h3 { font-size: 14px; margin: 20px 0 4px; } p { margin: 4px 0; max-width: 48rem; } .soft { color: var(--soft); }
nav ol { margin: 8px 0; padding-left: 20px; columns: 2; } a { color: var(--accent); }
table { border-collapse: collapse; width: 100%; margin: 8px 0; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: 4px 12px 4px 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { font-weight: 600; } .facts th { width: 14rem; font-weight: 500; color: var(--soft); } td.at { white-space: nowrap; }
code { font: 12px/1.5 'JetBrains Mono', ui-monospace, monospace; overflow-wrap: anywhere; }
@media (max-width: 640px) { nav ol { columns: 1; } td.at { white-space: normal; } }
@media print { body { padding: 0; max-width: none; font-size: 10pt; } h2 { break-after: avoid; } tr { break-inside: avoid; } }
`
