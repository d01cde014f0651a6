import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { textProjection } from '../audit-trail/text-projection.ts'
import { ArrayRecord, aStory, opener, runToEnd, smallTextIndex, smallTrailIndex } from '../audit-trail/trail-fixtures.contract.ts'
import { trailProjection } from '../audit-trail/trail-projection.ts'
import { openSqliteReadModel } from '../read-model/open-sqlite-read-model.ts'

/** The record that is followed: the same in every process. */
export function sameRecord(): ArrayRecord {
  return new ArrayRecord(Array.from({ length: 1500 }, (_, i) => ({ ...aStory, workspace: `ws_${i % 2}`, note: `case${i} parity${i % 2}` })))
}

/** Follows that record in small batches, from wherever an earlier process was killed to the end. */
async function followInFolder(folder: string): Promise<void> {
  const record = sameRecord()
  const views = openSqliteReadModel({ file: join(folder, 'views.db'), mode: 'write' })
  const search = openSqliteReadModel({ file: join(folder, 'search.db'), mode: 'write' })
  const slowly: Pick<ArrayRecord, 'subscribe' | 'findEvent'> = {
    findEvent: (stream, id) => record.findEvent(stream, id),
    async *subscribe(from) {
      let size = 1
      for await (const events of record.subscribe({ ...from, batch: 1000 })) {
        for (let i = 0; i < events.length; i += size) {
          size = (size * 7) % 13
          yield events.slice(i, i + size)
          await setTimeout(4)
        }
      }
    },
  }
  await Promise.all([
    runToEnd({ projection: trailProjection(smallTrailIndex), readModel: views }, record, { events: slowly }),
    runToEnd({ projection: textProjection(opener(), smallTextIndex), readModel: search }, record, { events: slowly }),
  ])
}

const [, , folder] = process.argv
if (process.send && folder) {
  process.send('started')
  await followInFolder(folder)
}
