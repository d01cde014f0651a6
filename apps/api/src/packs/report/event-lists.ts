import type { LeafIndex } from '@annal/proof'
import { csvHead, csvRow } from './events-csv.ts'
import { eventsHtmlFrame, eventsHtmlRow } from './events-html.ts'
import type { ReportFrame } from './report.ts'
import type { ReportEvent } from './report-event.ts'

/** Takes a text piece by piece. */
export interface TextSink {
  write(text: string): void
}

/** Where the two lists go. */
export interface ListSinks {
  readonly csv: TextSink
  readonly html: TextSink
}

/** `events.csv` and `events.html`, written row by row while the events pass by. */
export class EventLists {
  private readonly sinks: ListSinks
  private readonly tail: string

  constructor(sinks: ListSinks, of: Pick<ReportFrame, 'scope' | 'pack'>) {
    const [head, tail] = eventsHtmlFrame(of)
    this.sinks = sinks
    this.tail = tail
    sinks.csv.write(csvHead())
    sinks.html.write(head)
  }

  add(leaf: LeafIndex, event: ReportEvent): void {
    this.sinks.csv.write(csvRow(leaf, event))
    this.sinks.html.write(eventsHtmlRow(event))
  }

  end(): void {
    this.sinks.html.write(this.tail)
  }
}
