import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beginning, organisation, people } from '../organisation/index.ts'
import { AdminLine } from './admin-line.ts'
import { Api } from './api.ts'
import { bringPeople } from './bring-people.ts'
import { readNotes, type SampleNotes, writeNotes } from './sample-notes.ts'
import { tellStory } from './tell-story.ts'

/** Services of the sample send batches, not floods. */
const REQUESTS_A_SECOND = 2_000

/** In ms after midnight: when the first people come to work. */
const FIRST_MORNING = 8.5 * 3_600_000

export interface Stage {
  /** The sample's data folder. */
  readonly data: string
  /** Where its server listens. */
  readonly url: string
  readonly onProgress: (done: number, all: number) => void
}

export interface Played {
  readonly events: number
  /** So many of them are new. */
  readonly recorded: number
}

/** The notes of a folder; a new folder's story ends now. @throws Error when the folder was made by an earlier version. */
export function sampleNotes(data: string, now: number): SampleNotes {
  const file = notesFile(data)
  const notes = readNotes(file)
  if (notes !== null) return notes
  if (existsSync(join(data, 'events.db')))
    throw new Error(`${data} holds a record without the notes of its sample (${file}); remove the folder, and the sample is made anew.`)
  return writeNotes(file, { end: now, workspace: null, key: null, people: {}, told: null })
}

/** Where the sample's clock begins in a new folder. */
export function storyStart({ end }: SampleNotes): string {
  return new Date(beginning(end)).toISOString()
}

/** Records what is missing of the story, and leaves the clock at the present. */
export async function play({ data, url, onProgress }: Stage): Promise<Played> {
  const admin = await AdminLine.open(join(data, 'annal.sock'))
  try {
    const notes = sampleNotes(data, Date.now())
    const played = notes.told === null ? await tell(notes, { data, url, onProgress }, admin) : { events: notes.told, recorded: 0 }
    await admin.advance(Date.now())
    return played
  } finally {
    admin.close()
  }
}

async function tell(before: SampleNotes, { data, url, onProgress }: Stage, admin: AdminLine): Promise<Played> {
  const file = notesFile(data)
  const api = new Api(url)
  const { start, events: story } = organisation(before.end)
  await admin.advance(start + FIRST_MORNING)
  const { workspace, key } = await serviceKey(before, admin)
  let notes = writeNotes(file, { ...before, workspace, key })
  notes = writeNotes(file, { ...notes, people: await bringPeople(people, notes.people, { api, admin }) })
  const recorded = await tellStory(story, {
    api,
    admin,
    workspace,
    key,
    people: notes.people,
    onProgress: (done) => onProgress(done, story.length),
  })
  writeNotes(file, { ...notes, told: story.length })
  return { events: story.length, recorded }
}

async function serviceKey({ workspace, key }: SampleNotes, admin: AdminLine): Promise<{ workspace: string; key: string }> {
  if (workspace !== null && key !== null) return { workspace, key }
  const [id = ''] = (await admin.ask({ command: 'workspaces' })).split(/\s/, 1)
  const issue = {
    command: 'issue-key',
    workspace: id,
    role: 'SERVICE',
    name: 'Services of the sample',
    requestsPerSecond: REQUESTS_A_SECOND,
  }
  return { workspace: id, key: await admin.ask(issue) }
}

function notesFile(data: string): string {
  return join(data, 'sample.json')
}
