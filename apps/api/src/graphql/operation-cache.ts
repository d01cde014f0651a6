import type { CompiledOperation, OperationCompiler } from './operation.ts'

const MOST_OPERATIONS = 500
/** Longer documents carry their values in themselves and won't come again. */
const LONGEST_SOURCE = 20_000

/** Compiled operations by their source and name; the oldest goes first. */
export class OperationCache {
  private readonly compiled = new Map<string, CompiledOperation>()

  constructor(private readonly compiler: OperationCompiler) {}

  get(source: string, operationName: string | undefined): CompiledOperation {
    const key = operationName === undefined ? source : `${operationName}\n${source}`
    const known = this.compiled.get(key)
    if (known !== undefined) return known
    const compiled = this.compiler.compile(source, operationName)
    if (source.length <= LONGEST_SOURCE) this.keep(key, compiled)
    return compiled
  }

  private keep(key: string, compiled: CompiledOperation): void {
    for (const oldest of this.compiled.keys()) {
      if (this.compiled.size < MOST_OPERATIONS) break
      this.compiled.delete(oldest)
    }
    this.compiled.set(key, compiled)
  }
}
