interface TextColumn<Row> {
  readonly title: string
  readonly text: (row: Row) => string
}

/** Rows as RFC 4180 text. Cells that a spreadsheet would take for a formula are marked as text. */
export function csvOf<Row>(rows: readonly Row[], columns: readonly TextColumn<Row>[]): string {
  const lines = [columns.map(({ title }) => cell(title)), ...rows.map((row) => columns.map(({ text }) => cell(text(row))))]
  return lines.map((line) => `${line.join(',')}\r\n`).join('')
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
