import { type Imported, leftOut, sha256 } from './foreign-event.ts'

/**
 * Somebody else's CloudEvent becomes a document filed with a system: what it was, where it came from and its digest. What isn't a
 * CloudEvent 1.0 is left out.
 */
export function importCloudEvent(event: Readonly<Record<string, unknown>>, system: string): Imported {
  const { specversion, id, source, type, time } = event
  if (specversion !== '1.0' || typeof id !== 'string' || typeof source !== 'string' || typeof type !== 'string')
    return leftOut('not a CloudEvent 1.0')
  if (typeof time !== 'string') return leftOut('it has no time, and a filed document needs the day it is valid from')
  return {
    status: 'imported',
    events: [
      {
        specversion: '1.0',
        type: 'annal.DocumentAttached',
        source,
        id,
        time,
        data: {
          system,
          kind: 'system-log',
          title: `${type} from ${source}`,
          uri: `urn:cloudevent:${encodeURIComponent(source)}:${encodeURIComponent(id)}`,
          sha256: sha256(JSON.stringify(event)),
          validFrom: time.slice(0, 10),
        },
      },
    ],
  }
}
