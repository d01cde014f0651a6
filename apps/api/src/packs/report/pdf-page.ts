import PDFDocument from 'pdfkit'
import { type Face, fontFiles, fontRuns } from './report-fonts.ts'

const INK = '#16181d'
const SOFT = '#555b66'
const MARGIN = 56
const FOOT = 28
/** ISO 14289. The library's types don't name it yet. */
const ACCESSIBLE: object = { subset: 'PDF/UA' }
/** No font to begin with: the library would read a registered font that is the same anew at each use. */
const NONE = ''

export interface Words {
  readonly text: string
  readonly face?: Face
  readonly size?: number
  readonly soft?: boolean
}

interface Paragraph {
  /** The structure element: a paragraph, a heading, an item of a list. */
  readonly tag: 'P' | 'H1' | 'H2' | 'H3' | 'LI'
  readonly above?: number
  readonly indent?: number
  /** The name that `goTo` leads to. */
  readonly anchor?: string
  readonly goTo?: string
}

/** A tagged PDF (ISO 14289 in its structure), written from top to bottom. The same calls give the same bytes. */
export class PdfPage {
  private readonly document: PDFKit.PDFDocument
  private readonly bytes: Buffer[] = []
  private readonly done: Promise<void>

  constructor(title: string, at: string) {
    const info = { Title: title, Author: 'Annal', Creator: 'Annal', Producer: 'Annal', CreationDate: new Date(at), ModDate: new Date(at) }
    this.document = new PDFDocument({
      size: 'A4',
      margin: MARGIN,
      pdfVersion: '1.7',
      ...ACCESSIBLE,
      tagged: true,
      lang: 'en',
      displayTitle: true,
      bufferPages: true,
      font: NONE,
      info,
    })
    for (const face of ['text', 'strong', 'code'] as const)
      for (const { name, path } of fontFiles(face)) this.document.registerFont(name, path)
    this.document.on('data', (chunk: Buffer) => this.bytes.push(chunk))
    this.done = new Promise((resolve, reject) => {
      this.document.on('end', resolve)
      this.document.on('error', reject)
    })
  }

  heading(tag: 'H1' | 'H2' | 'H3', text: string, anchor?: string): void {
    const size = { H1: 20, H2: 14, H3: 10.5 }[tag]
    const above = { H1: 0, H2: 18, H3: 10 }[tag]
    if (tag === 'H2') this.document.outline.addItem(text)
    this.keepTogether(size * 4)
    this.paragraph({ tag, above, ...(anchor === undefined ? {} : { anchor }) }, [{ text, face: 'strong', size }])
  }

  paragraph({ tag, above = 4, indent = 0, anchor, goTo }: Paragraph, words: readonly Words[]): void {
    const { document } = this
    document.y += above
    document.x = MARGIN + indent
    const options = { width: document.page.width - 2 * MARGIN - indent, ...(goTo === undefined ? {} : { goTo }) }
    document.addStructure(document.struct(tag, {}, () => this.write(words, options, anchor)))
  }

  /** Ends every page with its number and this line, and gives the whole file. */
  async end(foot: string): Promise<Buffer> {
    const { start, count } = this.document.bufferedPageRange()
    for (let i = start; i < start + count; i++) {
      this.document.switchToPage(i)
      this.footer(`${foot}    ${i + 1} of ${count}`)
    }
    this.document.end()
    await this.done
    return Buffer.concat(this.bytes)
  }

  private write(words: readonly Words[], options: PDFKit.Mixins.TextOptions, anchor: string | undefined): void {
    const runs = words.flatMap(({ text, face = 'text', size = 9.5, soft = false }) =>
      fontRuns(text, face).map((run) => ({ ...run, size, colour: soft ? SOFT : INK })),
    )
    if (anchor !== undefined) this.document.addNamedDestination(anchor)
    runs.forEach(({ font, text, size, colour }, i) => {
      this.document
        .font(font.name)
        .fontSize(size)
        .fillColor(colour)
        .text(text, { ...options, lineGap: 2, continued: i < runs.length - 1 })
    })
  }

  private keepTogether(height: number): void {
    if (this.document.y + height > this.document.page.height - MARGIN) this.document.addPage()
  }

  private footer(text: string): void {
    const { document } = this
    const { margins } = document.page
    const bottom = margins.bottom
    margins.bottom = 0 // The foot stands in the margin: otherwise it would begin a page.
    document.markContent('Artifact', { type: 'Pagination' })
    let x = MARGIN
    for (const { font, text: run } of fontRuns(text, 'text')) {
      document
        .font(font.name)
        .fontSize(8)
        .fillColor(SOFT)
        .text(run, x, document.page.height - FOOT - 8, { lineBreak: false })
      x += document.widthOfString(run)
    }
    document.endMarkedContent()
    margins.bottom = bottom
  }
}
