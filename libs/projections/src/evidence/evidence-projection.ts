import type { ViewTables } from '../read-model/read-model.ts'
import type { FactTables } from '../registers/fact-tables.ts'
import { type Fact, idOf, lastFact, thingsOf } from '../registers/facts.ts'
import { keptTypes } from '../registers/kept-types.ts'
import { wordIn, wordsIn } from '../registers/register-event.ts'
import type { EvidenceTables } from './evidence-tables.ts'

type Tables = ViewTables<EvidenceTables & FactTables>

const types = new Set(Object.entries(keptTypes).flatMap(([type, kept]) => (kept?.fields.includes('validUntil') ? [type] : [])))

const retirements = new Set(['SystemRetired', 'ModelRetired'])

type Piece = Pick<Fact, 'workspace' | 'thing' | 'type' | 'key'>

/** The last evidence of each kind of what is in use. */
export async function refreshEvidence(tables: Tables, changed: readonly Fact[]): Promise<void> {
  const pieces: Piece[] = changed.filter(({ type }) => types.has(type))
  for (const { workspace, thing } of thingsOf(changed, retirements)) {
    const rows = await tables.lookUp('evidence', ['type', 'key'], { workspace, thing })
    pieces.push(...rows.map((row) => ({ workspace, thing, ...row })))
  }
  for (const piece of new Map(pieces.map((one) => [`${one.workspace} ${one.thing} ${one.type} ${one.key}`, one])).values()) {
    const { workspace, thing, type, key } = piece
    const last = await lastFact(tables, piece)
    const until = last === null ? null : wordIn(last.content, 'validUntil')
    await tables.remove('evidence', { workspace, thing, type, key })
    if (last !== null && until !== null && !(await isRetired(tables, last)))
      await tables.insert(
        'evidence',
        ['workspace', 'thing', 'type', 'key', 'systems', 'until', 'occurred', 'event', 'title'],
        [[workspace, thing, type, key, JSON.stringify(concerned(last)), until, last.occurred, last.event, titleOf(last)]],
      )
  }
}

/** Whether what it is about was taken out of use: the thing, or the one version of it. */
async function isRetired(tables: Tables, { workspace, thing, content }: Fact): Promise<boolean> {
  const type = thing.startsWith('model:') ? 'ModelRetired' : 'SystemRetired'
  if ((await lastFact(tables, { workspace, thing, type })) !== null) return true
  const version = wordIn(content, 'version')
  return version !== null && (await lastFact(tables, { workspace, thing, type, key: version })) !== null
}

function concerned({ thing, content }: Fact): string[] {
  return thing.startsWith('aisystem:') ? [idOf(thing)] : wordsIn(content, 'systems')
}

/** What a document is called, or what kind of evidence it is, and of what where its thing has several. */
function titleOf({ type, content }: Fact): string {
  const title = wordIn(content, 'title')
  if (title !== null) return title
  const kind = type.replace(/(?<=[a-z])([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)
  const version = wordIn(content, 'version')
  const which = wordIn(content, 'supplier') ?? wordIn(content, 'dpia') ?? (version === null ? null : `version ${version}`)
  return which === null ? kind : `${kind}, ${which}`
}
