import { type PackProgress, type PackVerification, verificationText, verifyPack } from '@annal/proof'
import { FileSource } from './file-source.ts'
import { nodeReading } from './node-reading.ts'
import { parseArguments } from './parse-arguments.ts'
import { unreadable } from './unreadable.ts'
import { USAGE } from './usage.ts'

const EXIT = { holds: 0, fails: 1, consistent: 3 } as const
const WRONG_USE = 2

async function main(args: readonly string[]): Promise<number> {
  const parsed = parseArguments(args)
  switch (parsed.status) {
    case 'help':
      process.stdout.write(USAGE)
      return 0
    case 'refused':
      process.stderr.write(`${parsed.reason}\n\n${USAGE}`)
      return WRONG_USE
    case 'parsed': {
      const source = await openPack(parsed.pack)
      if (source === null) return WRONG_USE
      const verification = await verifyPack(source, parsed.anchors, { reading: nodeReading, onProgress: progressOn(process.stderr) })
      await source.close()
      print(verification, parsed.json)
      return EXIT[verification.outcome]
    }
  }
}

async function openPack(path: string): Promise<FileSource | null> {
  try {
    return await FileSource.open(path)
  } catch (error) {
    process.stderr.write(`expected a file at ${JSON.stringify(path)}, found ${unreadable(error)}\n`)
    return null
  }
}

function print(verification: PackVerification, json: boolean): void {
  process.stdout.write(json ? `${JSON.stringify(verification, null, 2)}\n` : verificationText(verification))
}

/** A line that is written over, on a terminal only. */
function progressOn(stream: NodeJS.WriteStream): (progress: PackProgress) => void {
  if (!stream.isTTY) return () => undefined
  let shown = -1
  return ({ done, total }) => {
    const percent = Math.floor((100 * done) / Math.max(total, 1))
    if (percent === shown) return
    shown = percent
    stream.write(done >= total ? '\r\u001b[K' : `\rchecking ${percent} %`)
  }
}

process.exitCode = await main(process.argv.slice(2))
