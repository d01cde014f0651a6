import { type Fraud, fraudText } from './fraud.ts'
import { type PackVerdict, type Place, type Question, verdict } from './verdict.ts'

interface Contradiction {
  readonly question: Question
  readonly fraud: Fraud
  readonly where: Partial<Place> | null
}

/** What went wrong, as it is found: of each question the first thing, of frauds all. */
export class Findings {
  private readonly failures = new Map<Question, PackVerdict>()
  private readonly contradictions: Contradiction[] = []

  fail(question: Question, reason: string, where: Partial<Place> | null = null): void {
    if (!this.failures.has(question)) this.failures.set(question, verdict('fails', reason, where))
  }

  fraud(question: Question, fraud: Fraud, where: Partial<Place> | null = null): void {
    this.contradictions.push({ question, fraud, where })
  }

  failed(question: Question): boolean {
    return this.failures.has(question) || this.contradictions.some((found) => found.question === question)
  }

  /**
   * What the log's own signatures prove. Where the signature fails, or files that the log didn't commit to, it may be somebody else who wrote
   * what contradicts itself: that is wrong too, but proves nothing.
   */
  get frauds(): readonly Fraud[] {
    return this.contradictions.map(({ fraud }) => fraud).filter((fraud) => this.isProven(fraud))
  }

  /** The failure of a question, or what is true when there is none. */
  or(question: Question, otherwise: PackVerdict): PackVerdict {
    return this.failures.get(question) ?? this.contradictionOf(question) ?? otherwise
  }

  private contradictionOf(question: Question): PackVerdict | null {
    const found = this.contradictions.find((other) => other.question === question)
    if (found === undefined) return null
    return verdict('fails', `${this.isProven(found.fraud) ? 'proof of fraud: ' : ''}${fraudText(found.fraud)}`, found.where)
  }

  /** Two heads need no files beside them. */
  private isProven({ kind }: Fraud): boolean {
    return !this.failures.has('signature') && (kind === 'two-heads' || !this.failures.has('integrity'))
  }
}
