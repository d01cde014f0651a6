import type { LeafIndex, PackDocument } from '@annal/proof'
import { ReportComposer } from './compose-report.ts'
import { EventLists, type ListSinks } from './event-lists.ts'
import { readmeText } from './readme-text.ts'
import type { ReportEvent } from './report-event.ts'
import { type FrameFacts, reportFrame } from './report-frame.ts'
import { reportHtml } from './report-html.ts'
import { reportPdf } from './report-pdf.ts'
import { scopeText } from './scope-text.ts'

/**
 * The documents of a pack, from the facts of its manifest and the events that it discloses, and from nothing else: they are made so when a
 * pack is written, and again when somebody wants to know whether they say what the events say.
 */
export class PackDocuments {
  private readonly composer = new ReportComposer()
  private readonly lists: EventLists
  private readonly facts: FrameFacts
  private events = 0

  constructor(facts: FrameFacts, sinks: ListSinks) {
    this.facts = facts
    this.lists = new EventLists(sinks, { scope: scopeText(facts.scope), pack: facts.report.pack })
  }

  /** In the order of the leaves. */
  add(leaf: LeafIndex, event: ReportEvent): void {
    this.events++
    this.composer.add(event)
    this.lists.add(leaf, event)
  }

  /** Behind the last event. */
  end(): void {
    this.lists.end()
  }

  /** Those that aren't lists. @param note the signed tree head with its cosignatures. */
  async summaries(note: Uint8Array, names: ReadonlyMap<string, string>): Promise<(readonly [PackDocument, Uint8Array])[]> {
    const report = this.composer.report(reportFrame(this.facts, this.events, note, names))
    return [
      ['README.txt', Buffer.from(readmeText(report))],
      ['report.pdf', await reportPdf(report)],
      ['report.html', Buffer.from(reportHtml(report))],
    ]
  }
}
