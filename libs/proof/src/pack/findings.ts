import { type Fraud, fraudText } from './fraud.ts'
import { type PackVerdict, type Place, type Question, verdict } from './verdict.ts'

/** What went wrong, as it is found: of each question the first thing, of frauds all. */
export class Findings {
  readonly frauds: Fraud[] = []
  private readonly failures = new Map<Question, PackVerdict>()

  fail(question: Question, reason: string, where: Partial<Place> | null = null): void {
    if (!this.failures.has(question)) this.failures.set(question, verdict('fails', reason, where))
  }

  fraud(question: Question, fraud: Fraud, where: Partial<Place> | null = null): void {
    this.frauds.push(fraud)
    this.fail(question, fraudText(fraud), where)
  }

  failed(question: Question): boolean {
    return this.failures.has(question)
  }

  /** The failure of a question, or what is true when there is none. */
  or(question: Question, otherwise: PackVerdict): PackVerdict {
    return this.failures.get(question) ?? otherwise
  }
}
