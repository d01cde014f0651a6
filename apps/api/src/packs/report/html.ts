/** Text that is safe inside an element and inside a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** Markup that was escaped already; only `html` makes it. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Hole = string | number | Markup | readonly Markup[]

/** A template whose holes are escaped, except for markup. */
export function html(parts: TemplateStringsArray, ...holes: readonly Hole[]): Markup {
  let text = parts[0] ?? ''
  holes.forEach((hole, i) => {
    text += markupOf(hole) + (parts[i + 1] ?? '')
  })
  return new Markup(text)
}

function markupOf(hole: Hole): string {
  if (hole instanceof Markup) return hole.text
  if (typeof hole === 'string' || typeof hole === 'number') return escapeHtml(String(hole))
  return hole.map(({ text }) => text).join('')
}
