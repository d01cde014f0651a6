import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteStore, type Position } from '@annal/ledger'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Visibility } from '../trail/visibility.ts'
import { type ViewName, ViewsStatus } from './views-status.ts'

const names: readonly ViewName[] = ['audit-trail', 'audit-trail-text', 'registers']
const first = '0000000000000001' as Position
const second = '0000000000000002' as Position

describe('how far the views show the record', () => {
  let folder: string
  let store: ReturnType<typeof openSqliteStore>
  let visibility: Visibility
  let views: ViewsStatus

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'annal-views-'))
    store = openSqliteStore({ file: join(folder, 'events.db'), mode: 'write' })
    visibility = new Visibility()
    views = new ViewsStatus(store, visibility, Date.now)
    for (const view of names) views.report({ view, status: 'following', position: first })
  })
  afterEach(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('lets who asks one view wait for that view alone', async () => {
    views.report({ view: 'audit-trail', status: 'following', position: second })
    await views.reached(second, ['audit-trail'])
    let shownByBoth = false
    const both = views.reached(second, ['audit-trail', 'audit-trail-text']).then(() => {
      shownByBoth = true
    })
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(shownByBoth).toBe(false)
    views.report({ view: 'audit-trail-text', status: 'following', position: second })
    await both
  })

  it('calls visible what all views show', () => {
    views.report({ view: 'audit-trail', status: 'following', position: second })
    views.report({ view: 'audit-trail-text', status: 'following', position: second })
    expect(visibility.current()).toBe(first)
    views.report({ view: 'registers', status: 'following', position: second })
    expect(visibility.current()).toBe(second)
  })

  it('says which views are lost with their thread, and that they are back', () => {
    expect(views.problem()).toBeNull()
    views.lost(['audit-trail-text'], 'the projector ended')
    expect(views.problem()).toBe('audit-trail-text: the projector ended')
    views.report({ view: 'audit-trail-text', status: 'following', position: second })
    expect(views.problem()).toBeNull()
  })
})
