import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { type PackVerification, verificationText } from '@annal/proof'
import { builtVerifier } from '../packs/built-release.ts'
import { recomputePack } from '../packs/recompute/recompute-pack.ts'

/** Options of the offline verifier, and what only the whole product can do. */
export interface VerifyOptions {
  readonly key: readonly string[]
  readonly head: readonly string[]
  readonly witness: readonly string[]
  readonly tsa: readonly string[]
  readonly json: boolean
  readonly recompute: boolean
}

const EXIT = { holds: 0, fails: 1, consistent: 3 } as const

/** What is printed, and the exit code: those of the offline verifier, which is what checks the pack. */
export interface VerifyAnswer {
  readonly output: string
  readonly code: number
}

export async function verify(pack: string, options: VerifyOptions): Promise<VerifyAnswer> {
  const { code, stdout } = await askVerifier(pack, options)
  // Wrong use: the verifier has said what is wrong.
  if (stdout === '') return { output: '', code }
  const checked: PackVerification = JSON.parse(stdout)
  const verification = options.recompute ? await recomputePack(pack, checked) : checked
  const output = options.json ? `${JSON.stringify(verification, null, 2)}\n` : verificationText(verification)
  return { output, code: EXIT[verification.outcome] }
}

async function askVerifier(pack: string, options: VerifyOptions): Promise<{ readonly code: number; readonly stdout: string }> {
  if (!existsSync(builtVerifier)) throw new Error(`expected the offline verifier at ${builtVerifier}, found none: build it first`)
  const given = (['key', 'head', 'witness', 'tsa'] as const).flatMap((name) => options[name].flatMap((value) => [`--${name}`, value]))
  const child = spawn(process.execPath, [builtVerifier, '--json', ...given, '--', pack], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<number>((settle, reject) => {
    child.once('error', reject)
    child.once('close', (code) => settle(code ?? 1))
  })
  const [stdout, code] = await Promise.all([text(child.stdout), ended])
  return { code, stdout }
}
