interface TextColumn<Row> {
  readonly title: string
  readonly text: (row: Row) => string
}

/** Rows as RFC 4180 text. Cells that a spreadsheet would take for a formula are marked as text. */
export function csvOf<Row>(rows: readonly Row[], columns: readonly TextColumn<Row>[]): string {
  const lines = [columns.map(({ title }) => cell(title)), ...rows.map((row) => columns.map(({ text }) => cell(text(row))))]
  return lines.map((line) => `${line.join(',')}\r\n`).join('')
}

/** At the beginning of a cell: of ours, and of those that a spreadsheet begins behind a semicolon, a tab or a line's end where lists are written so. */
const FORMULA = /^(?=[=+\-@\t\r\n＝＋－＠])|(?<=[;\t\r\n]"*)(?=[=+\-@＝＋－＠])/g

function cell(text: string): string {
  const safe = /^-?\d+(\.\d+)?$/.test(text) ? text : text.replace(FORMULA, "'")
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
