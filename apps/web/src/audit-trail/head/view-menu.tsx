import { Menu, MenuCheck, MenuChoice, MenuChoices, MenuLabel, MenuLine } from '../../ui/menu.tsx'
import type { Floating } from '../../ui/on-demand.tsx'
import { COLUMN_FACTS } from '../table/columns.tsx'
import { useTrail } from '../trail-context.ts'
import type { TrailView } from '../use-trail-view.ts'

/** Order, density and columns. Cards have no columns. */
export function ViewMenu({ view, ...floating }: { readonly view: TrailView } & Floating) {
  const { order, setOrder } = useTrail()
  const toggle = (id: string, on: boolean) =>
    view.setShown(COLUMN_FACTS.map((fact) => fact.id).filter((name) => (name === id ? on : view.shown.includes(name))))
  return (
    <Menu {...floating}>
      <MenuLabel>Order</MenuLabel>
      <MenuChoices value={order} aria-label="Order">
        <MenuChoice value="NEWEST_FIRST" onClick={() => setOrder('NEWEST_FIRST')}>
          Newest first
        </MenuChoice>
        <MenuChoice value="OLDEST_FIRST" onClick={() => setOrder('OLDEST_FIRST')}>
          Oldest first
        </MenuChoice>
      </MenuChoices>
      {view.cards ? null : (
        <>
          <MenuLine />
          <MenuLabel>Density</MenuLabel>
          <MenuChoices value={view.dense ? 'dense' : 'comfortable'} aria-label="Density">
            <MenuChoice value="comfortable" onClick={() => view.setDense(false)}>
              Comfortable
            </MenuChoice>
            <MenuChoice value="dense" onClick={() => view.setDense(true)}>
              Dense
            </MenuChoice>
          </MenuChoices>
          <MenuLine />
          <MenuLabel>Columns</MenuLabel>
          {COLUMN_FACTS.map(({ id, title }) => (
            <MenuCheck key={id} checked={view.shown.includes(id)} disabled={id === 'summary'} onCheckedChange={(on) => toggle(id, on)}>
              {title}
            </MenuCheck>
          ))}
        </>
      )}
    </Menu>
  )
}
