import { Menu, MenuCheck, MenuChoice, MenuChoices, MenuLabel, MenuLine } from '../ui/menu.tsx'
import type { Floating } from '../ui/on-demand.tsx'
import type { RegisterColumn } from './register.ts'
import type { RegisterView } from './use-register-view.ts'

interface ViewMenuProps {
  readonly view: RegisterView
  readonly columns: readonly RegisterColumn<unknown>[]
}

/** Order, density and columns. Cards have no columns. */
export function ViewMenu({ view, columns, ...floating }: ViewMenuProps & Floating) {
  const sorts = columns.flatMap(({ title, sort }) => (sort ? [{ title, by: sort.by }] : []))
  const toggle = (id: string, on: boolean) =>
    view.setShown(columns.map((column) => column.id).filter((name) => (name === id ? on : view.shown.includes(name))))
  return (
    <Menu {...floating}>
      {sorts.length > 0 && (
        <>
          <MenuLabel>Order</MenuLabel>
          <MenuChoices value={view.sort ?? ''} aria-label="Order">
            {sorts.map(({ title, by }) => (
              <MenuChoice key={by} value={by} onClick={() => view.setSort(by)}>
                {title}
              </MenuChoice>
            ))}
          </MenuChoices>
        </>
      )}
      {view.cards ? null : (
        <>
          {sorts.length > 0 && <MenuLine />}
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
          {columns.map(({ id, title }, index) => (
            <MenuCheck key={id} checked={view.shown.includes(id)} disabled={index === 0} onCheckedChange={(on) => toggle(id, on)}>
              {title}
            </MenuCheck>
          ))}
        </>
      )}
      {view.cards && sorts.length === 0 && <MenuLabel>Nothing to choose on a narrow screen</MenuLabel>}
    </Menu>
  )
}
